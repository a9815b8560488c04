const TAB = 9;

/** Whether a cell starts with the tab that Amplitude puts before texts (reference §0.3, §9). */
export function isTabMarked(cell: string): boolean {
  return cell.charCodeAt(0) === TAB;
}

/** The text of a cell: without its one leading tab, if there is one (DESIGN §2.2.3). */
export function textOf(cell: string): string {
  return isTabMarked(cell) ? cell.slice(1) : cell;
}

/** The texts of several cells as one, in their order; blank ones keep their place (DESIGN §2.1). */
export function joinTexts(texts: readonly string[]): string {
  return texts.join('; ');
}

/** Whether a row has no content as it stands: such a row separates blocks (DESIGN §2.2.2). */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '');
}
