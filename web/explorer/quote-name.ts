/** Words that DuckDB reserves: as names they need quotes (`duckdb_keywords()`, category reserved). */
const RESERVED =
  /^(all|analyse|analyze|and|any|array|as|asc|asymmetric|both|case|cast|check|collate|column|constraint|create|default|deferrable|desc|describe|distinct|do|else|end|except|false|fetch|for|foreign|from|group|having|in|initially|intersect|into|lambda|lateral|leading|limit|not|null|offset|on|only|or|order|pivot|pivot_longer|pivot_wider|placing|primary|qualify|references|returning|select|show|some|summarize|symmetric|table|then|to|trailing|true|union|unique|unpivot|using|variadic|when|where|window|with)$/i;

/** A name as it stands in a query: in quotes where it must be. */
export function quoteName(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/i.test(name) && !RESERVED.test(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
}
