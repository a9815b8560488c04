import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { keywordCompletionSource } from '@codemirror/lang-sql';
import { duckdb, FUNCTIONS } from './duckdb-dialect.ts';
import { quoteName } from './quote-name.ts';

/** Where names come from; asked only when they are needed. */
export interface Names {
  /** `layer.table` of all tables, with what they show. */
  tables(): Promise<readonly { readonly name: string; readonly title: string | null }[]>;
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
    const tables = await names.tables();
    if (dot >= 0) {
      const before = word.text.slice(0, dot).toLowerCase();
      const table = tableFor(before, query, new Set(tables.map(({ name }) => name)));
      if (table !== null) {
        const columns = await names.columns(table);
        return {
          from: word.from + dot + 1,
          options: columns.map((name) => columnOption(name)),
          validFor: /^\w*$/,
        };
      }
    }
    const known = new Set(tables.map(({ name }) => name));
    const mentioned = [...tablesIn(query).keys()].filter((name) => known.has(name));
    const columns = (await Promise.all(mentioned.map((name) => names.columns(name)))).flat();
    return {
      from: word.from,
      options: [
        ...[...new Set(columns)].map((name) => ({ ...columnOption(name), boost: 2 })),
        ...tables.map(({ name, title }) => ({
          label: name,
          type: 'class',
          boost: 1,
          ...(title === null ? {} : { detail: title }),
        })),
        ...FUNCTION_OPTIONS,
      ],
      // With one dot more it may be a table: what follows is asked anew.
      validFor: dot < 0 ? /^\w*$/ : /^\w*\.\w*$/,
    };
  };
}

const keywords = keywordCompletionSource(duckdb, true);

/** Completes keywords, in capitals; after a dot none can stand. */
export function completeKeywords(context: CompletionContext) {
  return context.matchBefore(/\.\w*/) === null ? keywords(context) : null;
}

/** The table that stands before a dot: its name, or the short name that the query gives it. */
function tableFor(before: string, query: string, known: ReadonlySet<string>): string | null {
  if (known.has(before)) return before;
  for (const [table, alias] of tablesIn(query)) {
    if (known.has(table) && (alias === before || table.endsWith(`.${before}`))) return table;
  }
  return null;
}

function columnOption(name: string): Completion {
  return { label: name, type: 'property', apply: quoteName(name) };
}
