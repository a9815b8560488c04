/** Tables of one folder; null for those that are in none. */
export interface Folder<Table> {
  readonly folder: string | null;
  readonly tables: readonly Table[];
}

/** What is needed of a table to place it. */
interface Placed {
  readonly folder: string | null;
  readonly title: string | null;
  readonly name: string;
}

/** Tables by their folders, folders by name, those without one last; in each by what the tree shows first. */
export function groupByFolder<Table extends Placed>(tables: readonly Table[]): Folder<Table>[] {
  return [...Map.groupBy(tables, ({ folder }) => folder)]
    .map(([folder, own]) => ({ folder, tables: own.toSorted(byLabel) }))
    .sort((one, other) => {
      if (one.folder === null || other.folder === null) return one.folder === null ? 1 : -1;
      return one.folder.localeCompare(other.folder);
    });
}

/** Tables of charts first, what tells of all charts after them. */
function byLabel(one: Placed, other: Placed): number {
  if ((one.title === null) !== (other.title === null)) return one.title === null ? 1 : -1;
  return (one.title ?? one.name).localeCompare(other.title ?? other.name);
}
