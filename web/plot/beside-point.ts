/** px between what a tooltip is about and the tooltip. */
const APART = 18;

/**
 * Where a tooltip stands, in px: beside its point, at the side that has room, as the point itself is what one looks at.
 *
 * @param point of the axis, and of the pointer across it
 * @param size of the tooltip
 * @param view of the whole drawing
 * @param half px that the point takes to each side, such as bars do
 */
export function besidePoint(
  [x, y]: readonly [number, number],
  size: readonly [number, number],
  view: readonly [number, number],
  half = 0,
): [number, number] {
  const right = x + half + APART;
  const left = x - half - APART - size[0];
  const beside = right + size[0] <= view[0] || left < 0 ? right : left;
  return [
    Math.max(0, Math.min(beside, view[0] - size[0])),
    Math.max(0, Math.min(y - size[1] / 2, view[1] - size[1])),
  ];
}
