/** Which table the code reads. */
export interface SnippetTable {
  readonly layer: string;
  readonly name: string;
  /** An older version; null is the latest. */
  readonly version: number | null;
}

/** What stands for the directory of the lake: the API does not tell it. */
const LAKE = '<lake>';

/** A query over all of a table, for the Explorer. */
export function sqlOf({ layer, name }: Pick<SnippetTable, 'layer' | 'name'>): string {
  return `SELECT *\nFROM ${layer}.${name}\nLIMIT 100`;
}

/** Reads the table with DuckDB's own Delta extension. */
export function duckdbOf({ layer, name, version }: SnippetTable): string {
  const at = version === null ? '' : `, version = ${version}`;
  return `INSTALL delta;\nLOAD delta;\n\nSELECT *\nFROM delta_scan('${LAKE}/${layer}/${name}'${at});`;
}

/** Reads it into a data frame. */
export function pythonOf({ layer, name, version }: SnippetTable): string {
  const at = version === null ? '' : `, version=${version}`;
  return `# pip install deltalake pandas\nfrom deltalake import DeltaTable\n\ntable = DeltaTable("${LAKE}/${layer}/${name}"${at})\nframe = table.to_pandas()\nprint(frame.head())`;
}

/** Reads it in a Spark session that has Delta Lake. */
export function sparkOf({ layer, name, version }: SnippetTable): string {
  const at = version === null ? '' : `\n    .option("versionAsOf", ${version})`;
  return `frame = (\n    spark.read.format("delta")${at}\n    .load("${LAKE}/${layer}/${name}")\n)\nframe.show()`;
}
