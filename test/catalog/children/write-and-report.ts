/**
 * Replaces the table of visits in a process whose disk is short or read-only, and prints what came
 * of it: the outcome or the error, what the table then holds, and what is left in staging.
 * Arguments: lake, rows before, rows after.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ChartliftError } from '../../../src/errors.ts';
import { batchOf, queryRows, replaceTable, visitRows, visits, visitsTable } from '../visits.ts';

const [lake = '', before = '', after = ''] = process.argv.slice(2);

/** Values that do not compress, so that rows take room. */
function rows(count: number) {
  const noise = (row: number) => (Math.sin(row) * 1e9) % 1;
  return batchOf(
    visits,
    visitRows(count).map((row, index) => [...row.slice(0, 3), noise(index)]),
  );
}

async function attempt(count: number): Promise<unknown> {
  try {
    const { status, version, upkeepFailure } = await replaceTable(lake, visitsTable, [rows(count)]);
    return { status, version, upkeepFailure: upkeepFailure?.code ?? null };
  } catch (error) {
    if (error instanceof ChartliftError) {
      return { code: error.code, message: error.message, hint: error.hint };
    }
    return { unexplained: String(error) };
  }
}

const first = before === '' ? null : await attempt(Number(before));
const second = await attempt(Number(after));
const [[count] = []] = await queryRows(lake, 'SELECT count(*) FROM raw.chart_visits');
const staging = await readdir(join(lake, '.chartlift', 'staging'));
const files = await readdir(join(lake, 'raw', 'chart_visits'));
const again = before === '' ? null : await attempt(Number(before) + 1);
process.stdout.write(
  JSON.stringify({ first, second, rows: count, staging, files: files.length, again }),
);
