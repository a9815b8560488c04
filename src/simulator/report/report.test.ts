import { expect, test } from 'vitest';
import {
  BLANK,
  count,
  decimal,
  dollars,
  percent,
  type Report,
  reportLines,
  text,
  texts,
} from './report.ts';

const REPORT: Report = {
  preamble: [[[text('Title')], [text('More')]], [[text('Uniques')]]],
  table: [texts(['Segment', '2026-06-01']), [text('All Users'), count(3)]],
};

function written(report: Report): string {
  return [...reportLines(report)].join('');
}

test('blocks, blank lines, tabs, quotes and line ends stand as in the captures', () => {
  expect(written(REPORT)).toBe(
    '"\tTitle"\r\n"\tMore"\r\n\r\n"\tUniques"\r\n\r\n"\tSegment","\t2026-06-01"\r\n"\tAll Users","3"\r\n',
  );
});

test('a report may end with its preamble', () => {
  expect(written({ preamble: [[[text('Title')]]], table: [] })).toBe('"\tTitle"\r\n');
});

test('an empty block is one more blank line', () => {
  const report = { preamble: [[[text('T')]], []], table: [[text('Country'), text('Users')]] };
  expect(written(report)).toBe('"\tT"\r\n\r\n\r\n"\tCountry","\tUsers"\r\n');
});

test('without tabs only the first one of a cell goes', () => {
  const report = { preamble: [], table: [[text('a\tb'), count(1)]], spelling: { tabs: false } };
  expect(written(report)).toBe('\r\n"a\tb","1"\r\n');
});

test('line feeds and a byte order mark where asked for', () => {
  const spelled = written({ ...REPORT, spelling: { lineEnd: '\n', byteOrderMark: true } });
  expect(spelled.startsWith('\ufeff"\tTitle"\n"\tMore"\n\n')).toBe(true);
  expect(spelled).not.toContain('\r');
});

test('cells', () => {
  expect(text('say "hi"')).toBe('\tsay ""hi""');
  expect(BLANK).toBe('');
  expect([count(0), count(15_420), count(-3)]).toEqual(['0', '15420', '-3']);
  expect([decimal(2), decimal(0.1 + 0.2)]).toEqual(['2.0', '0.30000000000000004']);
  expect([percent(0.125), percent(1)]).toEqual(['12.5%', '100.0%']);
  expect([dollars(0), dollars(2327)]).toEqual(['$0', '$2,327']);
});
