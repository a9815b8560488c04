/** A type of a column as people are told it everywhere: as tables name theirs, `string` where DuckDB has `VARCHAR`. */
export function typeName(type: string): string {
  return type.replace(/\bVARCHAR\b/gi, 'string').toLowerCase();
}
