import { SQLDialect } from '@codemirror/lang-sql';

/** What may stand in a query; `value` and the like are names of columns here, not keywords. */
const KEYWORDS = `all and anti any array as asc asof at between both by case cast collate cross cube
  current day desc describe distinct else end escape except exclude exists explain extract false filter
  first following for from full glob group grouping having hour ilike in inner intersect interval is
  isnull join lambda last lateral leading left like limit materialized minute month natural not notnull
  null nulls offset on or order outer over partition percent pivot positional preceding qualify range
  recursive replace right rollup row rows sample second select semi sets show similar some summarize
  table tablesample then ties to trailing true try_cast unbounded union unnest unpivot using values week
  when where window with within year`;

const TYPES = `bigint bit blob boolean char date decimal double enum float hugeint integer int json list
  map real smallint struct text time timestamp timestamptz tinyint ubigint uinteger uuid varchar`;

/** The functions that people look for; the engine has more of them (`duckdb_functions()`). */
export const FUNCTIONS: readonly string[] = `abs age any_value approx_count_distinct arg_max arg_min
  array_agg avg bool_and bool_or ceil coalesce concat concat_ws contains corr count count_if cume_dist
  current_date date_diff date_part date_trunc dayname dense_rank exp first_value floor format generate_series
  greatest ifnull instr lag last_value lead least left length list list_contains ln log lower lpad ltrim
  make_date max median min mode monthname nth_value ntile nullif parse_path percent_rank pow quantile_cont
  quantile_disc range rank regexp_extract regexp_matches regexp_replace replace reverse right round
  row_number rpad rtrim split_part sqrt starts_with stddev strftime string_agg string_split strptime
  substring sum today trim try_strptime upper variance`.split(/\s+/);

/** SQL as DuckDB reads it, as far as colours and completion go. */
export const duckdb = SQLDialect.define({
  keywords: KEYWORDS,
  types: TYPES,
  doubleDollarQuotedStrings: true,
  operatorChars: '+-*/<>=~!@#%^&|`?',
  specialVar: '',
});
