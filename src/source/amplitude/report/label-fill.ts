/**
 * Fills the blank labels of nested tables from the row above (DESIGN §2.2.6): a blank is filled where
 * all labels to its left equal those above and a label to its right is not blank. A row whose labels end
 * in blanks is a total of its group and stays as it is.
 *
 * Gives a function to be called with the label texts of each row in order.
 */
export function createLabelFill(): (labels: readonly string[]) => readonly string[] {
  let above: readonly string[] = [];
  return (labels) => {
    above = fill(labels, above);
    return above;
  };
}

function fill(labels: readonly string[], above: readonly string[]): readonly string[] {
  const lastText = labels.findLastIndex((label) => label !== '');
  const filled = [...labels];
  for (let column = 0; column < lastText; column += 1) {
    if (filled[column] === '') filled[column] = above[column] ?? '';
    if (filled[column] !== above[column]) break;
  }
  return filled;
}
