import type { RunningQuery } from '../query/run-sql.ts';
import { type ArrowColumn, arrowColumns } from './arrow-columns.ts';

/** Rows of one record batch, about: enough for readers to be fast, few MB. */
const BATCH_ROWS = 65_536;

/**
 * A query's result as an Arrow IPC stream; types as {@link arrowColumns} says. The library is loaded
 * here, since nothing else needs it.
 */
export async function* encodeArrow(
  query: RunningQuery,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { AsyncByteQueue, Field, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } =
    await import('apache-arrow');
  const columns = await arrowColumns(query.columns);
  const schema = new Schema(columns.map(({ name, type }) => new Field(name, type, true)));
  const struct = new Struct(schema.fields);
  let pieces: Uint8Array[] = [];
  // The library's own queue takes all that it is given; this one gives each batch on at once.
  class Pieces extends AsyncByteQueue {
    override write(piece: Uint8Array): void {
      if (piece.byteLength > 0) pieces.push(Uint8Array.from(piece));
    }
  }
  const writer = new RecordBatchStreamWriter();
  writer.reset(new Pieces(), schema);
  const take = (): Uint8Array => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    return bytes;
  };
  const flush = (rows: number): Uint8Array => {
    const children = columns.map((column: ArrowColumn) => column.flush(rows));
    const data = makeData({ type: struct, length: rows, nullCount: 0, children });
    writer.write(new RecordBatch(schema, data));
    return take();
  };
  let rows = 0;
  for await (const chunk of query.chunks()) {
    for (const column of columns) column.append(chunk);
    rows += chunk.rowCount;
    if (rows < BATCH_ROWS) continue;
    yield flush(rows);
    rows = 0;
  }
  if (rows > 0) yield flush(rows);
  writer.finish();
  yield take();
}
