/** As the catalog has it (`src/catalog/table-id.ts`). */
const LONGEST = 128;
const RESERVED: ReadonlySet<string> = new Set([
  'chartlift',
  'information_schema',
  'pg_catalog',
  'memory',
  'system',
  'temp',
]);

export type LayerNameProblem =
  | 'empty'
  | 'capitals'
  | 'characters'
  | 'digit'
  | 'long'
  | 'reserved'
  | 'taken';

/** Why a layer cannot have this name; null if it can. */
export function layerNameProblem(name: string, taken: readonly string[]): LayerNameProblem | null {
  if (name === '') return 'empty';
  if (/[A-Z]/.test(name)) return 'capitals';
  if (!/^[a-z0-9_]*$/.test(name)) return 'characters';
  if (/^\d/.test(name)) return 'digit';
  if (name.length > LONGEST) return 'long';
  if (RESERVED.has(name)) return 'reserved';
  return taken.includes(name) ? 'taken' : null;
}
