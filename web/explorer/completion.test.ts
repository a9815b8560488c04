import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { completeKeywords, completeNames, type Names, tablesIn } from './completion.ts';

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'raw.orders': ['id', 'value', 'Order Date'],
  'raw.people': ['id', 'email'],
};
const TABLES = Object.keys(COLUMNS).map((name) => ({ name, title: `About ${name}` }));
const NAMES: Names = {
  tables: async () => ({ items: TABLES, isAll: true }),
  columns: async (table) => COLUMNS[table] ?? [],
};
/** Gives only those that hold the text, as from a catalog of thousands. */
const MANY: Names = {
  ...NAMES,
  tables: async (text) => ({
    items: text === '' ? [] : TABLES.filter(({ name }) => name.includes(text)),
    isAll: false,
  }),
};

/** What is suggested at the `|` of a text; null for nothing. */
async function suggest(marked: string, { explicit = false, names = NAMES } = {}) {
  const at = marked.indexOf('|');
  const state = EditorState.create({ doc: marked.replace('|', '') });
  const result = await completeNames(names)(new CompletionContext(state, at, explicit));
  if (result === null) return null;
  const options = result.options.filter(({ type }) => type !== 'function');
  const { from, validFor } = result;
  return { from, validFor, labels: options.map(({ label }) => label), options };
}

describe('the tables of a query', () => {
  it('are found with their short names', () => {
    const query = 'FROM raw.orders AS o JOIN RAW.People p ON o.id = p.id';
    expect(tablesIn(query).get('raw.orders')).toBe('o');
    expect(tablesIn(query).get('raw.people')).toBe('p');
  });
});

describe('completion', () => {
  it('offers all tables, with what they show', async () => {
    const suggested = await suggest('SELECT * FROM ra|');
    expect(suggested).toMatchObject({ from: 14, labels: ['raw.orders', 'raw.people'] });
    expect(suggested?.options[0]?.detail).toBe('About raw.orders');
  });

  it('offers the columns of the tables that are mentioned, also further on', async () => {
    expect((await suggest('SELECT v| FROM raw.orders'))?.labels).toEqual([
      'id',
      'value',
      'Order Date',
      'raw.orders',
      'raw.people',
    ]);
  });

  it.each([
    'SELECT o.| FROM raw.orders o',
    'SELECT o.v| FROM raw.orders AS o',
    'SELECT orders.| FROM raw.orders',
    'SELECT raw.orders.| FROM raw.orders',
  ])('after a dot offers the columns of that table: %s', async (text) => {
    expect((await suggest(text))?.labels).toEqual(['id', 'value', 'Order Date']);
  });

  it('of very many tables asks for those that hold what was typed', async () => {
    const suggested = await suggest('SELECT * FROM peo|', { names: MANY });
    expect(suggested?.labels).toEqual(['raw.people']);
    // With another letter there may be others.
    expect(suggested?.validFor).toBeUndefined();
    expect((await suggest('SELECT p.| FROM raw.people p', { names: MANY }))?.labels).toEqual([
      'id',
      'email',
    ]);
  });

  it('puts names that need it into quotes', async () => {
    const suggested = await suggest('SELECT o.| FROM raw.orders o');
    expect(suggested?.options.map(({ apply }) => apply)).toEqual(['id', 'value', '"Order Date"']);
  });

  it.each([
    // What was suggested for `b` is no use for `b.`.
    ['SELECT b|', 'b.', false],
    ['SELECT b|', 'bc', true],
    ['SELECT raw.o|', 'raw.or', true],
    ['SELECT raw.orders|', 'raw.orders.', false],
    ['SELECT o.| FROM raw.orders o', 'va', true],
  ])('at %j goes on for %j: %j', async (marked, typed, goesOn) => {
    const at = marked.indexOf('|');
    const state = EditorState.create({ doc: marked.replace('|', '') });
    const result = await completeNames(NAMES)(new CompletionContext(state, at, false));
    expect(result?.validFor).toBeInstanceOf(RegExp);
    expect(result?.validFor instanceof RegExp && result.validFor.test(typed)).toBe(goesOn);
  });

  it('offers keywords, but not after a dot', async () => {
    const keywords = async (doc: string) =>
      completeKeywords(new CompletionContext(EditorState.create({ doc }), doc.length, false));
    expect((await keywords('SEL'))?.options).toContainEqual(
      expect.objectContaining({ label: 'SELECT' }),
    );
    expect(await keywords('SELECT o.d')).toBeNull();
  });

  it('offers functions', async () => {
    const state = EditorState.create({ doc: 'SELECT da' });
    const result = await completeNames(NAMES)(new CompletionContext(state, 9, false));
    expect(result?.options).toContainEqual(expect.objectContaining({ label: 'date_trunc' }));
  });

  it('does not come up by itself where no word is', async () => {
    expect(await suggest('SELECT * FROM |')).toBeNull();
    expect(await suggest('SELECT * FROM |', { explicit: true })).not.toBeNull();
  });
});
