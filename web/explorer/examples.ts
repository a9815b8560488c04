import { words } from '../words/explorer.ts';

/** A query to begin with. */
export interface Example {
  readonly title: string;
  readonly query: string;
}

/** What an example needs to know of a table. */
export interface ExampleTable {
  readonly layer: string;
  readonly name: string;
  readonly stream: string | null;
}

const ABOUT_CHARTLIFT: readonly Example[] = [
  {
    title: words.examples.runs,
    query:
      'SELECT source, status, started_at, ended_at, error_message\nFROM chartlift.runs\nORDER BY queued_at DESC\nLIMIT 50',
  },
  {
    title: words.examples.sizes,
    query:
      'SELECT layer, table_name, title, rows, bytes\nFROM chartlift.tables\nORDER BY bytes DESC\nLIMIT 50',
  },
];

/** Queries that work at once, over tables that are really there. */
export function examplesOf(tables: readonly ExampleTable[]): Example[] {
  const chart = tables.find(({ stream }) => stream?.startsWith('chart_'));
  const metadata = tables.find(({ stream }) => stream === 'charts_metadata');
  return [
    ...(chart === undefined ? [] : ofChart(`${chart.layer}.${chart.name}`)),
    ...(metadata === undefined
      ? []
      : [
          {
            title: words.examples.charts,
            query: `SELECT title, metric, event, dimension\nFROM ${metadata.layer}.${metadata.name}\nORDER BY title`,
          },
        ]),
    ...ABOUT_CHARTLIFT,
  ];
}

/** A query of the first rows of `layer.table`. */
export function firstRowsOf(table: string): string {
  return `SELECT *\nFROM ${table}\nLIMIT 100`;
}

function ofChart(table: string): Example[] {
  return [
    { title: words.examples.rows, query: firstRowsOf(table) },
    {
      title: words.examples.totals,
      query: `SELECT dimension_value, sum(value) AS total\nFROM ${table}\nGROUP BY dimension_value\nORDER BY total DESC`,
    },
  ];
}
