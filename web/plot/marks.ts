/** Outlines in a square of 10, each as large to the eye as the others. */
const SHAPES = [
  'M5 1A4 4 0 1 1 5 9A4 4 0 1 1 5 1Z',
  'M1.4 1.4H8.6V8.6H1.4Z',
  'M5 0.8L9.6 8.8H0.4Z',
  'M5 0L10 5L5 10L0 5Z',
  'M5 9.2L0.4 1.2H9.6Z',
] as const;

/** The sign of a line: its shape, and whether it is filled. */
export interface Mark {
  /** Of an SVG path in a square of 10. */
  readonly path: string;
  readonly isHollow: boolean;
}

/**
 * The sign on a line, by the place of its series: colour must not be all that tells lines apart
 * (WCAG 1.4.1), and dashes say that numbers are not final. The first ten have signs of their own.
 */
export function markOf(index: number): Mark {
  return {
    path: SHAPES[index % SHAPES.length] ?? SHAPES[0],
    isHollow: Math.floor(index / SHAPES.length) % 2 === 1,
  };
}
