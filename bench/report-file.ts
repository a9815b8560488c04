import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** Files that hold one report: the answer as Amplitude sends it, and the body of its table as plain CSV. */
export interface ReportFiles {
  readonly answer: string;
  readonly table: string;
  readonly textBytes: number;
}

/** Writes a group-by chart of made-up daily numbers, `rows` × `days`, in Amplitude's shape. */
export async function writeReport(
  folder: string,
  rows: number,
  days: number,
): Promise<ReportFiles> {
  const files = { answer: join(folder, 'answer.json'), table: join(folder, 'table.csv') };
  const answer = createWriteStream(files.answer);
  const table = createWriteStream(files.table);
  const preamble = '"\tVisits by city"\r\n\r\n"\tUniques"\r\n"\tPage Viewed"\r\n\r\n';
  let textBytes = preamble.length;
  answer.write(`{"data":${JSON.stringify(preamble).slice(0, -1)}`);
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10),
  );
  await line(['"\tCity"', ...dates.map((date) => `"\t${date}"`)]);
  let state = 1;
  for (let row = 0; row < rows; row += 1) {
    const cells = [`"\tCity number ${row}"`];
    for (let day = 0; day < days; day += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      cells.push(`"${Math.floor(state / 42_950)}"`);
    }
    await line(cells);
  }
  answer.end('"}');
  table.end();
  await Promise.all([once(answer, 'close'), once(table, 'close')]);
  return { ...files, textBytes };

  async function line(cells: readonly string[]): Promise<void> {
    const text = `${cells.join(',')}\r\n`;
    textBytes += text.length;
    answer.write(JSON.stringify(text).slice(1, -1));
    if (!table.write(text)) await once(table, 'drain');
    if (answer.writableNeedDrain) await once(answer, 'drain');
  }
}
