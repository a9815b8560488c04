import fc from 'fast-check';

/** A table with what stands around it, to be rendered as Amplitude would. */
export interface SampleTable {
  readonly title: string;
  readonly labelHeaders: readonly string[];
  readonly segments: readonly string[];
  readonly rows: readonly {
    readonly labels: readonly string[];
    readonly values: readonly (number | null)[];
  }[];
}

/** How the same table can be written down (reference §0, §9). */
export interface Spelling {
  readonly lineEnd: '\r\n' | '\n';
  readonly byteOrderMark: boolean;
}

/** Any text without a first character that the report's own marks use; blank labels are a matter of their own. */
const labelText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !text.startsWith('\t'));

const segmentText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !text.startsWith('\t') && !/T00:00:00/.test(text));

const value = fc.option(
  fc.oneof(
    fc.integer(),
    // A text cannot tell 0 from -0.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.nat({ max: 10 }),
    fc.constantFrom(0, 1e21, 5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 0.1),
  ),
  { nil: null, freq: 8 },
);

export const sampleTable: fc.Arbitrary<SampleTable> = fc
  .record({
    labelCount: fc.integer({ min: 1, max: 3 }),
    segmentCount: fc.integer({ min: 1, max: 6 }),
    rowCount: fc.integer({ min: 1, max: 8 }),
  })
  .chain(({ labelCount, segmentCount, rowCount }) => {
    const values = fc.array(value, { minLength: segmentCount, maxLength: segmentCount });
    const labels = fc.array(labelText, { minLength: labelCount, maxLength: labelCount });
    return fc.record({
      title: fc
        .string({ unit: 'grapheme', minLength: 1 })
        .filter((text) => !/^(\t|http)/.test(text)),
      labelHeaders: fc.array(
        labelText.map((text) => `#${text}`),
        { minLength: labelCount, maxLength: labelCount },
      ),
      segments: fc.uniqueArray(segmentText, { minLength: segmentCount, maxLength: segmentCount }),
      rows: fc
        .array(fc.record({ labels, values }), { minLength: rowCount, maxLength: rowCount })
        // A column without any number says nothing about whether it holds values.
        .map((rows) => [
          { labels: rows[0]?.labels ?? [], values: Array.from({ length: segmentCount }, () => 7) },
          ...rows,
        ]),
    });
  });

export const spelling: fc.Arbitrary<Spelling> = fc.record({
  lineEnd: fc.constantFrom('\r\n', '\n'),
  byteOrderMark: fc.boolean(),
});

/** Writes a table down as a report: every cell quoted, texts with a tab, blocks separated by a blank line. */
export function render(table: SampleTable, how: Spelling): string {
  const text = (content: string) => `"\t${content.replaceAll('"', '""')}"`;
  const number = (content: number | null) => `"${content === null ? '' : String(content)}"`;
  const lines = [
    text(table.title),
    '',
    text('Uniques'),
    '',
    [...table.labelHeaders, ...table.segments].map(text).join(','),
    ...table.rows.map((row) => [...row.labels.map(text), ...row.values.map(number)].join(',')),
  ];
  const body = lines.map((line) => line + how.lineEnd).join('');
  return how.byteOrderMark ? `\ufeff${body}` : body;
}
