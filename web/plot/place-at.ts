/** Which place of the axis a tooltip is for; -1 for what ECharts says in another way. */
export function placeAt(hits: unknown): number {
  const hit: unknown = Array.isArray(hits) ? hits[0] : hits;
  if (typeof hit !== 'object' || hit === null || !('dataIndex' in hit)) return -1;
  return typeof hit.dataIndex === 'number' ? hit.dataIndex : -1;
}
