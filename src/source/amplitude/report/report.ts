import { ChartliftError } from '../../../errors.ts';
import type { Warning } from '../../../stream/connector.ts';
import type { RecordBatch } from '../../../stream/record-batch.ts';
import { BatchBuilder } from './batch-builder.ts';
import { isTabMarked, joinTexts, textOf } from './cell.ts';
import { type CsvPage, lineAt, malformed, readCsvPages } from './csv-page.ts';
import { createLabelFill } from './label-fill.ts';
import { type ReportMetadata, readPreamble } from './metadata.ts';
import type { ReportText } from './report-text.ts';
import { type Block, createSurvey } from './survey.ts';
import { layOut, type TableLayout } from './table-layout.ts';
import { readValue } from './value.ts';
import { quote, ValueWarnings } from './warnings.ts';

/** Up to so many cells are kept from the first pass to the second: to parse them again would take longer. */
const KEPT_CELLS = 2_048;

/** A report that has been understood, and can be read as records. */
export interface Report {
  readonly metadata: ReportMetadata;
  /** The headers of the label columns as one text; `null` if there is no table. */
  readonly dimension: string | null;
  /** Names of the value columns, no two alike. */
  readonly segments: readonly string[];
  /** How many records {@link Report.batches} gives: body rows × segments. */
  readonly records: number;
  /** Complete once `batches()` has ended. */
  readonly warnings: readonly Warning[];
  /** The records in the report's order; may be read again. */
  batches(chartId: string): AsyncIterable<RecordBatch>;
}

/** All of a report's text. */
type Pages = AsyncIterable<CsvPage> | Iterable<CsvPage>;

/**
 * Understands a report (DESIGN §2.2) in one pass over its text; its records take a second one, since
 * only the end of the text tells which block is the table and which columns are labels.
 *
 * @throws ChartliftError `not_a_chart_report` without any text, `report_malformed` saying where.
 */
export async function readReport(text: ReportText): Promise<Report> {
  const survey = createSurvey();
  let kept: CsvPage[] = [];
  let cells = 0;
  for await (const page of readCsvPages(text)) {
    survey.take(page);
    for (const row of page.rows) cells += row.length;
    if (cells <= KEPT_CELLS) kept.push(page);
    else kept = [];
  }
  const pages = () => (cells <= KEPT_CELLS ? kept : readCsvPages(text));
  const preamble = survey.blocks().slice(0, -1);
  const last = survey.blocks().at(-1);
  if (last === undefined) {
    throw new ChartliftError(
      'not_a_chart_report',
      'Amplitude answered with an empty report, without even a title.',
      'Open the chart in Amplitude and check that it shows a data table.',
    );
  }
  const layout = layOut(last);
  if (layout === undefined) return titleOnly(preamble, last);
  if (last.widthError !== undefined) {
    const { end, cells } = last.widthError;
    throw malformed(
      `Line ${await lineAt(text, end - 1)}`,
      `a row of ${cells} cells ends here, but the header has ${layout.width}`,
    );
  }
  const metadata = readPreamble(preamble.map((block) => block.head));
  const dimension = joinTexts(layout.labels);
  if (layout.bodyRows === 0) return emptyReport(metadata, dimension, 'a header but no rows');
  if (layout.segments.length === 0) return emptyReport(metadata, dimension, 'texts but no values');
  return tableReport(pages, metadata, dimension, layout, preamble.some(holdsNumbers));
}

function titleOnly(preamble: readonly Block[], last: Block): Report {
  // Without this, a note below a table would turn the table into an empty one.
  if (preamble.some(holdsNumbers)) {
    throw malformed(
      'The end of the report',
      `after the table stands the text ${quote(textOf(last.head[0]?.[0] ?? ''))}`,
    );
  }
  const metadata = readPreamble([...preamble, last].map((block) => block.head));
  return emptyReport(metadata, null, 'no table');
}

function emptyReport(metadata: ReportMetadata, dimension: string | null, has: string): Report {
  const message = `The report has ${has}: check that the chart shows data in Amplitude.`;
  return {
    metadata,
    dimension,
    segments: [],
    records: 0,
    warnings: [{ code: 'empty_chart', message }],
    async *batches() {
      // An empty chart has no records.
    },
  };
}

function tableReport(
  pages: () => Pages,
  metadata: ReportMetadata,
  dimension: string,
  layout: TableLayout,
  moreTables: boolean,
): Report {
  const values = new ValueWarnings();
  const tables: readonly Warning[] = moreTables
    ? [
        {
          code: 'more_than_one_table',
          message: 'The report has several tables; the last one is extracted.',
        },
      ]
    : [];
  return {
    metadata,
    dimension,
    segments: layout.segments,
    records: layout.bodyRows * layout.segments.length,
    get warnings() {
      return [...tables, ...values.list()];
    },
    batches(chartId) {
      values.clear();
      return readRecords(
        pages(),
        layout,
        new BatchBuilder(chartId, dimension, layout.segments, layout.bodyRows),
        values,
      );
    },
  };
}

async function* readRecords(
  pages: Pages,
  layout: TableLayout,
  builder: BatchBuilder,
  warnings: ValueWarnings,
): AsyncGenerator<RecordBatch> {
  const fill = createLabelFill();
  let position = 0;
  for await (const page of pages) {
    for (const cells of page.rows) {
      const row = position - layout.bodyStart;
      position += 1;
      if (row < 0 || row >= layout.bodyRows) continue;
      const labels = fill(cells.slice(0, layout.labels.length).map(textOf));
      takeRow(cells, row, joinTexts(labels), layout, builder, warnings);
      if (builder.full) yield builder.take();
    }
  }
  if (builder.rows > 0) yield builder.take();
}

function takeRow(
  cells: readonly string[],
  row: number,
  label: string,
  layout: TableLayout,
  builder: BatchBuilder,
  warnings: ValueWarnings,
): void {
  const first = layout.labels.length;
  builder.startRow(label);
  for (let column = first; column < layout.width; column += 1) {
    const cell = cells[column] ?? '';
    const value = readValue(cell);
    if (value === undefined) {
      warnings.add(row + 1, label, layout.segments[column - first] ?? '', textOf(cell));
    }
    builder.set(column - first, value ?? null);
  }
}

/** Whether a block has numbers below its first row, as tables do; a preamble has texts only (reference §3). */
function holdsNumbers(block: Block): boolean {
  return block.head
    .slice(1)
    .some((cells) =>
      cells.slice(1).some((cell) => !isTabMarked(cell) && typeof readValue(cell) === 'number'),
    );
}
