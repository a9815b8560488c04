import { joinTexts, textOf } from './cell.ts';

/** What the preamble of a report says about its chart (DESIGN §2.2.11). `null`: it says nothing. */
export interface ReportMetadata {
  readonly title: string | null;
  readonly description: string | null;
  readonly metric: string | null;
  readonly event: string | null;
  readonly filters: string | null;
}

type Line = readonly string[];

/** Reads the blocks that stand before the table, each a list of lines, each a list of cells as they stand. */
export function readPreamble(blocks: readonly (readonly Line[])[]): ReportMetadata {
  const [heading = [], measure = [], ...rest] = withoutUrl(blocks);
  const [title, ...description] = heading;
  const [metric, ...events] = measure;
  return {
    title: linesText(title === undefined ? [] : [title]),
    description: linesText(description),
    metric: linesText(metric === undefined ? [] : [metric]),
    event: linesText(events),
    filters: linesText(rest.flat()),
  };
}

/** Exports made in the browser may start with the chart's address (reference §3.7). */
function withoutUrl(blocks: readonly (readonly Line[])[]): readonly (readonly Line[])[] {
  const [first = [], ...rest] = blocks;
  const [line = [], ...others] = first;
  if (!/^https?:\/\//.test(textOf(line[0] ?? ''))) return blocks;
  return others.length === 0 ? rest : [others, ...rest];
}

function linesText(lines: readonly Line[]): string | null {
  const texts = lines.map((cells) => joinTexts(cells.map(textOf).filter((text) => text !== '')));
  const text = joinTexts(texts.filter((line) => line !== ''));
  return text === '' ? null : text;
}
