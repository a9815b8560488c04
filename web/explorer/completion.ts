import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { keywordCompletionSource } from '@codemirror/lang-sql';
import { duckdb, FUNCTIONS } from './duckdb-dialect.ts';
import { quoteName } from './quote-name.ts';

/** Tables to suggest. */
export interface TableNames {
  readonly items: readonly { readonly name: string; readonly title: string | null }[];
  /** Whether there is no table that they leave out. */
  readonly isAll: boolean;
}

/** Where names come from; asked only when they are needed. */
export interface Names {
  /** Tables, `layer.table`, with what they show: all of them, or those that hold a text if there are too many. */
  tables(text: string): Promise<TableNames>;
  /** The columns of `layer.table`; none for a name that is no table. */
  columns(table: string): Promise<readonly string[]>;
}

const MENTIONED = /\b([a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*)(?:\s+(?:as\s+)?([a-z_][a-z0-9_]*))?/gi;

/** Tables that a query mentions, with the short names that it gives them. */
export function tablesIn(query: string): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [, table = '', alias = null] of query.matchAll(MENTIONED)) {
    found.set(table.toLowerCase(), found.get(table.toLowerCase()) ?? alias?.toLowerCase() ?? null);
  }
  return found;
}

const FUNCTION_OPTIONS: readonly Completion[] = FUNCTIONS.map((label) => ({
  label,
  type: 'function',
  boost: -1,
}));

/** Completes tables, the columns of those that the query mentions, and functions. */
export function completeNames(names: Names) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const word = context.matchBefore(/[\w.]*/);
    if (word === null || (word.text === '' && !context.explicit)) return null;
    const query = context.state.doc.toString();
    const dot = word.text.lastIndexOf('.');
    if (dot >= 0) {
      const table = await tableFor(word.text.slice(0, dot).toLowerCase(), query, names);
      if (table !== null) {
        const columns = await names.columns(table);
        return {
          from: word.from + dot + 1,
          options: columns.map((name) => columnOption(name)),
          validFor: /^\w*$/,
        };
      }
    }
    const [tables, columns] = await Promise.all([
      names.tables(word.text.slice(dot + 1)),
      mentionedColumns(query, names),
    ]);
    return {
      from: word.from,
      options: [
        ...columns.map((name) => ({ ...columnOption(name), boost: 2 })),
        ...tables.items.map(({ name, title }) => ({
          label: name,
          type: 'class',
          boost: 1,
          ...(title === null ? {} : { detail: title }),
        })),
        ...FUNCTION_OPTIONS,
      ],
      // With one dot more it may be a table: what follows is asked anew.
      ...(tables.isAll ? { validFor: dot < 0 ? /^\w*$/ : /^\w*\.\w*$/ } : {}),
    };
  };
}

const keywords = keywordCompletionSource(duckdb, true);

/** Completes keywords, in capitals; after a dot none can stand. */
export function completeKeywords(context: CompletionContext) {
  return context.matchBefore(/\.\w*/) === null ? keywords(context) : null;
}

/** The columns of the tables that a query mentions, each name once. */
async function mentionedColumns(query: string, names: Names): Promise<string[]> {
  const columns = await Promise.all(
    [...tablesIn(query).keys()].map(async (table) =>
      (await isTable(table, names)) ? names.columns(table) : [],
    ),
  );
  return [...new Set(columns.flat())];
}

/** The table that stands before a dot: its name, or the short name that the query gives it. */
async function tableFor(before: string, query: string, names: Names): Promise<string | null> {
  if (await isTable(before, names)) return before;
  for (const [table, alias] of tablesIn(query)) {
    const isMeant = alias === before || table.endsWith(`.${before}`);
    if (isMeant && (await isTable(table, names))) return table;
  }
  return null;
}

async function isTable(table: string, names: Names): Promise<boolean> {
  const [, name] = table.split('.');
  if (name === undefined) return false;
  return (await names.tables(name)).items.some((item) => item.name === table);
}

function columnOption(name: string): Completion {
  return { label: name, type: 'property', apply: quoteName(name) };
}
