import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../stream/record-batch.ts';
import { readReport } from './report.ts';
import { textInMemory } from './report-text.ts';

/** Rows are written as `|a|b`, where `'` stands for the tab before a text. */
function reportOf(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .split('|')
        .slice(1)
        .map((cell) => `"${cell.replace(/^'/, '\t')}"`)
        .join(','),
    )
    .map((line) => `${line}\r\n`)
    .join('');
}

async function read(lines: readonly string[]) {
  const report = await readReport(textInMemory(reportOf(lines)));
  const rows: (string | number | null)[][] = [];
  for await (const batch of report.batches('c1')) rows.push(...rowsOf(batch));
  return { report, rows };
}

async function segmentsOf(lines: readonly string[]): Promise<readonly string[]> {
  return (await read(lines)).report.segments;
}

async function labelsOf(lines: readonly string[]): Promise<string | null> {
  return (await read(lines)).report.dimension;
}

describe('label columns', () => {
  it('are the leading columns whose every text is marked, where any cell is marked', async () => {
    expect(await labelsOf(["|'A|'B|'C|'D", "|'x|'2024|5|'y", "|'x||5|'y"])).toBe('A; B');
  });

  it('end at the first unmarked cell, however late it comes', async () => {
    const rows = Array.from({ length: 50 }, () => "|'x|'y|'z|1");
    expect(await labelsOf(["|'A|'B|'C|'D", ...rows])).toBe('A; B; C');
    expect(await labelsOf(["|'A|'B|'C|'D", ...rows, "|'x|'y|z|1"])).toBe('A; B');
    expect(await labelsOf(["|'A|'B|'C|'D", ...rows, "|'x|y|'z|1"])).toBe('A');
  });

  it('may be marked in the first body row only', async () => {
    expect(await labelsOf(["|'A|'B|'C", "|'x|'y|1", '|x|5|1'])).toBe('A');
    expect(await labelsOf(["|'A|'B|'C", '|x||1', "|'x|'y|1"])).toBe('A; B');
  });

  it('end before a header that reads as a date, even over marked cells', async () => {
    expect(await labelsOf(["|'A|'2026-01-01|'B", "|'x|'-5|'-6", "|'x|'-7|'-8"])).toBe('A');
  });

  it('include the first column even under a date header, and where its cells are numbers', async () => {
    expect(await labelsOf(["|'2026-01-01|'B|'C", "|'x|5|'y", "|'x|5|'y"])).toBe('2026-01-01');
    expect(await labelsOf(['|year|B', '|2024|5', '|2025|6'])).toBe('year');
    expect(await labelsOf(["|'A|'B", "|5|'x", '|6|7'])).toBe('A');
  });

  it('hold a text somewhere, where no cell is marked', async () => {
    expect(await labelsOf(['|A|B|C|D', '|x|1|z|1', '|x|y|2|1', '|x|-|N/A|1'])).toBe('A; B; C');
    expect(await labelsOf(['|A|B|C', '|x|1|y', '|x|2|y', '|x|-|y'])).toBe('A');
    expect(await labelsOf(['|A|B|C', '|x|y|1'])).toBe('A; B');
  });

  it('end before a date header where no cell is marked', async () => {
    expect(await labelsOf(['|A|2026-01-01|C', '|x|late|y', '|x|late|y'])).toBe('A');
  });
});

describe('a header of two rows', () => {
  it('joins upper and lower headers, and a span stands above the first of its columns', async () => {
    const lines = ["|'A|'Users|'|'Revenue|'", "|'|'Before|'Now|'Before|'Now", "|'x|1|2|3|4"];
    expect(await segmentsOf(lines)).toEqual([
      'Users; Before',
      'Users; Now',
      'Revenue; Before',
      'Revenue; Now',
    ]);
    expect((await read(lines)).rows.map((row) => row[4])).toEqual([1, 2, 3, 4]);
  });

  it('may leave either level blank', async () => {
    const lines = ["|'A|'|'Users|'Rate", "|'|'Before|'Now|'", "|'x|1|2|3"];
    expect(await segmentsOf(lines)).toEqual(['Before', 'Users; Now', 'Rate']);
  });

  it('may name the label in either row, or in both alike', async () => {
    const below = ["|'|'Users|'Users", "|'Country|'Before|'Now", "|'x|1|2"];
    expect(await labelsOf(below)).toBe('Country');
    expect(await segmentsOf(below)).toEqual(['Users; Before', 'Users; Now']);
    const both = ["|'Country|'Users|'Users", "|'Country|'Before|'Now", "|'x|1|2"];
    expect(await labelsOf(both)).toBe('Country');
    expect(await segmentsOf(both)).toEqual(['Users; Before', 'Users; Now']);
    const levels = ["|'A|'Geo|'Users", "|'|'City|'Now", "|'x|'y|2"];
    expect(await labelsOf(levels)).toBe('A; Geo; City');
  });

  it('drops midnight in both rows', async () => {
    const lines = ["|'A|'2026-01-01T00:00:00|'", "|'|'2026-01-02T00:00:00|'Now", "|'x|1|2"];
    expect(await segmentsOf(lines)).toEqual(['2026-01-01; 2026-01-02', '2026-01-01; Now']);
  });

  it('is not seen where the second row has a label of its own', async () => {
    const lines = ["|'A|'B|'C", "|'x|'y|'z", "|'x|1|2"];
    expect((await read(lines)).rows.map((row) => row[4])).toEqual([null, null, 1, 2]);
  });

  it('is not seen where the second row holds a number or a null mark', async () => {
    expect((await read(["|'A|'B|'C", "|'|'y|5", "|'x|1|2"])).rows).toHaveLength(4);
    expect((await read(['|A|B|C', '||5|y', '|x|1|2'])).rows).toHaveLength(4);
    expect((await read(['|A|B|C', '||-|y', '|x|1|2'])).rows).toHaveLength(4);
  });

  it('is not seen in a second row without any text', async () => {
    expect((await read(["|'A|'B", "|'|", "|'x|1"])).rows).toHaveLength(2);
  });

  it('may have cells without anything, and numbers as names', async () => {
    const lines = ["|'A|'Users|", "||'2024|'2025", "|'x|1|2"];
    expect(await segmentsOf(lines)).toEqual(['Users; 2024', 'Users; 2025']);
    expect(await segmentsOf(["|'A|'Users|'Rate", "||'2024|", "|'x|1|2"])).toEqual([
      'Users; 2024',
      'Rate',
    ]);
  });

  it('is seen without any marks', async () => {
    const lines = ['|A|Users|', '||Before|Now', '|x|1|2'];
    expect(await segmentsOf(lines)).toEqual(['Users; Before', 'Users; Now']);
  });

  it('without body rows is an empty chart', async () => {
    const { report, rows } = await read(["|'A|'Users|'", "|'|'Before|'Now"]);
    expect(rows).toEqual([]);
    expect(report.dimension).toBe('A');
    expect(report.warnings.map((warning) => warning.code)).toEqual(['empty_chart']);
  });
});

describe('segments', () => {
  it('never repeat, and never take a name that another column has', async () => {
    const lines = ["|'A|'n|'n (2)|'n|'n|'n (2)", "|'x|1|2|3|4|5"];
    expect(await segmentsOf(lines)).toEqual(['n', 'n (2)', 'n (3)', 'n (4)', 'n (2) (2)']);
  });

  it('never repeat after midnight is dropped', async () => {
    const lines = ["|'A|'2026-01-01|'2026-01-01T00:00:00", "|'x|1|2"];
    expect(await segmentsOf(lines)).toEqual(['2026-01-01', '2026-01-01 (2)']);
  });

  it('of a header in one row stay blank where they are blank', async () => {
    expect(await segmentsOf(["|'A|'B|'", "|'x|1|2"])).toEqual(['B', '']);
  });
});

describe('rows', () => {
  it('of another width than the header are refused, naming the line', async () => {
    const lines = [
      "|'Title",
      '|',
      "|'A|'B|'C",
      "|'x|1|2",
      "|'two\nlines|1|2",
      "|'x|1",
      "|'x|1|2|3",
    ];
    await expect(read(lines)).rejects.toMatchObject({
      code: 'report_malformed',
      message:
        'The report cannot be read. Line 7: a row of 2 cells ends here, but the header has 3.',
    });
  });

  it('of another width do not matter in the preamble', async () => {
    const lines = ["|'Title", "|'a|'b|'c", "|'d|'e", '|', "|'A|'B", "|'x|1"];
    expect((await read(lines)).rows).toEqual([['c1', 'A', 'x', 'B', 1]]);
  });

  it('keep the order of the report over many batches', async () => {
    const body = Array.from({ length: 33_000 }, (_, row) => `|'r${row}|${row}|${-row}`);
    const { rows, report } = await read(["|'A|'B|'C", ...body]);
    expect(report.records).toBe(66_000);
    expect(rows).toHaveLength(66_000);
    const wrong = rows.findIndex((row, at) => {
      const number = Math.floor(at / 2);
      return row[2] !== `r${number}` || row[4] !== (at % 2 === 0 ? number : 0 - number);
    });
    expect(wrong).toBe(-1);
  });

  it('come in batches of about 65,000 records, or of one row where a row has more', async () => {
    const sizes = async (columns: number, count: number) => {
      const header = `|'A|${Array.from({ length: columns }, (_, at) => `'c${at}`).join('|')}`;
      const row = `|'x|${'7|'.repeat(columns - 1)}7`;
      const text = textInMemory(reportOf([header, ...Array.from({ length: count }, () => row)]));
      const batches: number[] = [];
      for await (const batch of (await readReport(text)).batches('c1')) batches.push(batch.rows);
      return batches;
    };
    expect(await sizes(2, 32_800)).toEqual([65_536, 64]);
    expect(await sizes(30_000, 3)).toEqual([60_000, 30_000]);
    expect(await sizes(65_537, 1)).toEqual([65_537]);
    expect(await sizes(3, 2)).toEqual([6]);
  });

  it('may be read twice, with the same warnings each time', async () => {
    const report = await readReport(textInMemory(reportOf(["|'A|'B", "|'x|late", "|'y|2"])));
    for (let time = 0; time < 2; time += 1) {
      const values: (string | number | null | undefined)[] = [];
      for await (const batch of report.batches('c1')) {
        values.push(...[...rowsOf(batch)].map((row) => row[4]));
      }
      expect(values).toEqual([null, 2]);
      expect(report.warnings).toHaveLength(1);
    }
  });
});

describe('warnings', () => {
  it('name the first cells that are not numbers and count the rest', async () => {
    const body = Array.from({ length: 30 }, (_, row) => `|'r${row}|1|late`);
    const { report } = await read(["|'A|'B|'C", ...body]);
    expect(report.warnings).toHaveLength(21);
    expect(report.warnings[19]).toEqual({
      code: 'not_a_number',
      message: 'Row 20 ("r19"), column "C": "late" is not a number; the value is null.',
    });
    expect(report.warnings[20]).toEqual({
      code: 'not_a_number',
      message: '10 more cells are not numbers; their values are null.',
    });
  });

  it('quote a long text in part', async () => {
    const { report } = await read(["|'A|'B", `|'x|${'z'.repeat(100)}`, `|'y|${'z'.repeat(80)}`]);
    expect(report.warnings[0]?.message).toContain(`"${'z'.repeat(80)}…" is not`);
    expect(report.warnings[1]?.message).toContain(`"${'z'.repeat(80)}" is not`);
  });
});

describe('which block is the table', () => {
  it('is the last one, and a table before it is warned of', async () => {
    const { report, rows } = await read(["|'A|'B", "|'x|1", '|', "|'C|'D", "|'y|2"]);
    expect(rows).toEqual([['c1', 'C', 'y', 'D', 2]]);
    expect(report.warnings).toEqual([
      {
        code: 'more_than_one_table',
        message: 'The report has several tables; the last one is extracted.',
      },
    ]);
  });

  it('is none where a text stands after the table: that is refused, not taken for empty', async () => {
    await expect(read(["|'A|'B", "|'x|1", '|', "|'A note"])).rejects.toMatchObject({
      code: 'report_malformed',
      message:
        'The report cannot be read. The end of the report: after the table stands the text "A note".',
      hint: expect.stringContaining('export it as CSV'),
    });
  });

  it('is none after a preamble of texts: an empty chart', async () => {
    const { report } = await read(["|'Title", '|', "|'Metric|'Overall", "|'E|'5", '|', "|'Filter"]);
    expect(report.dimension).toBeNull();
    expect(report.segments).toEqual([]);
    expect(report.metadata).toEqual({
      title: 'Title',
      description: null,
      metric: 'Metric; Overall',
      event: 'E; 5',
      filters: 'Filter',
    });
    expect(report.warnings[0]?.code).toBe('empty_chart');
  });

  it('is not a preamble whose lines have several texts, or numbers only in the first cell', async () => {
    const lines = ["|'T", '|', "|'m|'1", '|5|x', '|', "|'A note"];
    expect((await read(lines)).report.warnings[0]?.code).toBe('empty_chart');
    const marked = ["|'T", '|', "|'m|'n", "|'p|'5", '|', "|'A note"];
    expect((await read(marked)).report.warnings[0]?.code).toBe('empty_chart');
    expect((await read(["|'T|5", '|', "|'A note"])).report.warnings[0]?.code).toBe('empty_chart');
  });

  it('is separated by rows of empty cells, but not by a cell that holds a tab', async () => {
    expect((await read(["|'Title", '||||', "|'A|'B", "|'x|1"])).report.metadata.title).toBe(
      'Title',
    );
    const { rows } = await read(["|'A|'B", "|'x|1", "|'|", "|'y|2"]);
    expect(rows.map((row) => row[4])).toEqual([1, null, 2]);
  });

  it('may be followed by blank lines and preceded by them', async () => {
    const { rows } = await read(['|', '|', "|'A|'B", "|'x|1", '|', '||']);
    expect(rows).toHaveLength(1);
  });

  it('without any text is refused', async () => {
    await expect(read([])).rejects.toMatchObject({
      code: 'not_a_chart_report',
      message: 'Amplitude answered with an empty report, without even a title.',
      hint: 'Open the chart in Amplitude and check that it shows a data table.',
    });
    await expect(read(['|', '||'])).rejects.toMatchObject({ code: 'not_a_chart_report' });
  });

  it('with texts only has nothing to extract', async () => {
    const { report, rows } = await read(["|'A|'B", "|'x|'y"]);
    expect(rows).toEqual([]);
    expect(report.dimension).toBe('A; B');
    expect(report.warnings[0]?.message).toContain('texts but no values');
  });
});

describe('a very wide table', () => {
  it('keeps no more of a block than its first rows', async () => {
    const columns = Array.from({ length: 6_000 }, (_, column) => `c${column}`);
    const header = `|'A|${columns.map((name) => `'${name}`).join('|')}`;
    const body = Array.from(
      { length: 5 },
      (_, row) => `|'r${row}|${columns.map(() => row).join('|')}`,
    );
    const { rows, report } = await read([header, ...body]);
    expect(report.segments).toHaveLength(6_000);
    expect(rows).toHaveLength(30_000);
    expect(rows.at(-1)).toEqual(['c1', 'A', 'r4', 'c5999', 4]);
  });
});
