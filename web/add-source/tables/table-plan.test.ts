import { describe, expect, test } from 'vitest';
import { words } from '../../words/tables.ts';
import {
  applyToAll,
  changeChoice,
  hasIssue,
  planTables,
  streamChoices,
  type TablesValue,
  type TakenTable,
  whyBlocked,
} from './table-plan.ts';

const FRESH: TablesValue = { layer: 'raw', folder: null, prefix: '', tables: {} };
const STREAMS = [
  { name: 'chart_q7m2xk4p', title: 'Daily active users' },
  { name: 'chart_a-B', title: null },
];
const NOTHING = { layers: ['raw', 'trusted'], taken: new Map<string, TakenTable>() };

const names = (value: Partial<TablesValue>) =>
  planTables({ ...FRESH, ...value }, STREAMS, NOTHING).rows.map(({ fullName }) => fullName);

function issuesOf(value: Partial<TablesValue>, surroundings = NOTHING) {
  return planTables({ ...FRESH, ...value }, STREAMS, surroundings).rows.map(
    ({ tableIssue }) => tableIssue,
  );
}

describe('name previews', () => {
  test('suggest the name of the stream, in characters that a table may have', () => {
    expect(names({})).toEqual(['raw.chart_q7m2xk4p', 'raw.chart_a_b']);
  });

  test('put a prefix before every suggested name, and not before chosen ones', () => {
    expect(names({ prefix: 'mkt_', tables: { chart_q7m2xk4p: { table: 'dau' } } })).toEqual([
      'raw.dau',
      'raw.mkt_chart_a_b',
    ]);
  });

  test('start a prefix of digits with _', () => {
    expect(names({ prefix: '2025_' })[0]).toBe('raw._2025_chart_q7m2xk4p');
  });

  test('take layer and folder for all, unless a stream has its own', () => {
    const value = { layer: 'trusted', folder: 'growth', tables: { 'chart_a-B': { layer: 'raw' } } };
    const { rows } = planTables({ ...FRESH, ...value }, STREAMS, NOTHING);
    expect(rows.map((row) => [row.fullName, row.folder, row.isApart])).toEqual([
      ['trusted.chart_q7m2xk4p', 'growth', false],
      ['raw.chart_a_b', 'growth', true],
    ]);
  });

  test('let a stream stand in no folder while the others have one', () => {
    const value = { folder: 'growth', tables: { 'chart_a-B': { folder: null } } };
    expect(planTables({ ...FRESH, ...value }, STREAMS, NOTHING).rows[1]?.folder).toBe('');
  });
});

describe('names that cannot be', () => {
  test.each([
    ['', words.issues.tableEmpty, undefined],
    ['My Table', words.issues.tableCharacters, 'my_table'],
    ['2025', words.issues.tableDigit, '_2025'],
    ['x'.repeat(129), words.issues.tableLong(128), 'x'.repeat(128)],
    ['_delta_log', words.issues.tableReserved, undefined],
  ])('%j', (table, issue, fix) => {
    const value = { ...FRESH, tables: { chart_q7m2xk4p: { table } } };
    const plan = planTables(value, STREAMS, NOTHING);
    expect(plan.rows[0]).toMatchObject({ tableIssue: issue, fix });
    expect(plan.rows.map(hasIssue)).toEqual([true, false]);
    expect(whyBlocked(plan)).toBe(words.blocked(1));
  });

  test('a prefix with other characters, and one that leaves no room', () => {
    expect(planTables({ ...FRESH, prefix: 'Mkt-' }, STREAMS, NOTHING).prefixIssue).toBe(
      words.issues.prefixCharacters,
    );
    expect(planTables({ ...FRESH, prefix: 'a'.repeat(128) }, STREAMS, NOTHING).prefixIssue).toBe(
      words.issues.prefixLong,
    );
  });

  test('layers that are gone', () => {
    const plan = planTables({ ...FRESH, layer: 'old' }, STREAMS, NOTHING);
    expect(plan.layerIssue).toBe(words.issues.layerUnknown('old'));
    expect(whyBlocked(plan)).toBe(words.blockedForAll);
  });
});

describe('collisions', () => {
  test('between two streams are told at both', () => {
    const issues = issuesOf({ tables: { chart_q7m2xk4p: { table: 'chart_a_b' } } });
    expect(issues).toEqual([
      words.issues.same('raw.chart_a_b', 'chart_a-B'),
      words.issues.same('raw.chart_a_b', 'Daily active users'),
    ]);
  });

  test('are none in different layers', () => {
    const tables = { chart_q7m2xk4p: { table: 'chart_a_b', layer: 'trusted' } };
    expect(issuesOf({ tables })).toEqual([undefined, undefined]);
  });

  test('with a table that is there name whose it is', () => {
    const taken = new Map([['raw.chart_q7m2xk4p', { issueFor: () => 'It is taken.' }]]);
    expect(issuesOf({}, { ...NOTHING, taken })).toEqual(['It is taken.', undefined]);
  });

  test('are none with what the same stream wrote before', () => {
    const taken = new Map([['raw.chart_q7m2xk4p', { issueFor: () => null }]]);
    const plan = planTables(FRESH, STREAMS, { ...NOTHING, taken });
    expect(plan.rows[0]).toMatchObject({ adopts: true, tableIssue: undefined });
    expect(whyBlocked(plan)).toBeNull();
  });
});

describe('choices', () => {
  test('that are as they would be anyway are not kept', () => {
    const chosen = changeChoice(FRESH, 'chart_x', { table: 'mine', note: 'For Ada' });
    expect(chosen).toEqual({ chart_x: { table: 'mine', note: 'For Ada' } });
    const value = { ...FRESH, tables: chosen };
    expect(changeChoice(value, 'chart_x', { table: 'chart_x', note: '' })).toEqual({});
    expect(changeChoice(value, 'chart_x', { layer: 'raw', folder: '' })).toEqual(chosen);
  });

  test('apply to all: layers and folders of streams go, names and notes stay', () => {
    const tables = {
      chart_a: { layer: 'trusted', folder: 'x', table: 'a' },
      chart_b: { folder: null },
    };
    expect(applyToAll({ ...FRESH, tables })).toEqual({ chart_a: { table: 'a' } });
  });

  test('are told to the service with nothing that nobody chose', () => {
    const tables = { chart_a: { folder: null, note: 'n' } };
    expect(
      streamChoices({ ...FRESH, tables }, [{ stream: 'chart_a' }, { stream: 'chart_b' }]),
    ).toEqual([
      { stream: 'chart_a', sync_mode: 'FULL_TABLE', folder: null, note: 'n' },
      { stream: 'chart_b', sync_mode: 'FULL_TABLE' },
    ]);
  });
});

test('plans a thousand streams in a blink', () => {
  const many = Array.from({ length: 1_000 }, (_, at) => ({ name: `chart_${at}`, title: null }));
  const began = performance.now();
  planTables(FRESH, many, NOTHING);
  expect(performance.now() - began).toBeLessThan(1_000);
});
