import { expect, test } from 'vitest';
import { type NamedTable, takenTables } from './taken-tables.ts';

const TABLE: NamedTable = {
  layer: 'raw',
  name: 'dau',
  stream: 'chart_a',
  owner: null,
  error: null,
};

function issueFor(table: Partial<NamedTable>, stream: string) {
  return takenTables([{ ...TABLE, ...table }], [])
    .get('raw.dau')
    ?.issueFor(stream, false);
}

test('a table that a stream fills is taken from every other source', () => {
  const owner = { stream: 'chart_a', source: 'Growth' };
  expect(issueFor({ owner }, 'chart_a')).toContain('the source Growth');
});

test('a table that nobody fills any more goes on with the stream that filled it', () => {
  expect(issueFor({}, 'chart_a')).toBeNull();
  expect(issueFor({}, 'chart_b')).toContain('chart_a');
});

test('a table of another program is left alone', () => {
  expect(issueFor({ stream: null }, 'chart_a')).toContain('another program');
});

test('a table that nobody can read is in nobody’s way, as the service sees it', () => {
  expect(takenTables([{ ...TABLE, error: {} }], []).size).toBe(0);
});

test('what the service refused is told again, whatever the catalog says', () => {
  const refused = [{ fullName: 'raw.dau', message: 'It belongs to Ada.' }];
  expect(takenTables([TABLE], refused).get('raw.dau')?.issueFor('chart_a', true)).toBe(
    'It belongs to Ada.',
  );
});
