/** Tables of one folder; null for those that are in none. */
export interface Folder<Table> {
  readonly folder: string | null;
  readonly tables: readonly Table[];
}

/** Tables by their folders, folders by name, those without one last. */
export function groupByFolder<Table extends { readonly folder: string | null }>(
  tables: readonly Table[],
): Folder<Table>[] {
  return [...Map.groupBy(tables, ({ folder }) => folder)]
    .map(([folder, own]) => ({ folder, tables: own }))
    .sort((one, other) => {
      if (one.folder === null || other.folder === null) return one.folder === null ? 1 : -1;
      return one.folder.localeCompare(other.folder);
    });
}
