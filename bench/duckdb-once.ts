/**
 * Process: what DuckDB alone does with the same table: read_csv, UNPIVOT, COPY to Parquet.
 * Arguments: the CSV file, the Parquet file. Prints the time.
 */
import { DuckDBInstance } from '@duckdb/node-api';

const [table = '', parquet = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const started = performance.now();
await connection.run(`
  COPY (
    SELECT 'bench1' AS chart_id, 'City' AS dimension_name, ltrim(dimension_value, chr(9)) AS dimension_value,
           ltrim(segment, chr(9)) AS segment, value::DOUBLE AS value
    FROM (
      UNPIVOT (
        SELECT "\tCity" AS dimension_value, * EXCLUDE ("\tCity")
        FROM read_csv('${table}', header = true)
      )
      ON COLUMNS(* EXCLUDE (dimension_value)) INTO NAME segment VALUE value
    )
  ) TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`);
const ms = performance.now() - started;
const rss = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ ms, rss }));
