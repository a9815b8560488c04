import { zstdCompressSync } from 'node:zlib';
import { columnBounds } from '../file-statistics.ts';
import type { ColumnValues, PartValues } from '../part-values.ts';
import { type ColumnPages, columnPages, ENCODING } from './column-pages.ts';
import { CompactWriter } from './compact-writer.ts';

const MAGIC = Buffer.from('PAR1');
/** What the files say of who wrote them. */
export const CREATED_BY = 'chartlift';

/** Numbers of parquet.thrift: `Type`, `FieldRepetitionType`, `ConvertedType`, `PageType`, `CompressionCodec`. */
const DOUBLE = 5;
const BYTE_ARRAY = 6;
const OPTIONAL = 1;
const UTF8 = 0;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const UNCOMPRESSED = 0;
const ZSTD = 6;

/** Column chunks below this are stored as they are: a file takes whole blocks of 4 KiB on disk anyway. */
const MIN_COMPRESSED_BYTES = 1024;

/** Above either, DuckDB's own way is no slower any more, and this one would hold up the process. */
const MAX_ROWS = 8192;
const MAX_TEXT_LENGTH = 1_000_000;

/** Whether {@link parquetFile} is the way to write a part. */
export function fitsSmallFile({ rows, vectors }: PartValues): boolean {
  if (rows > MAX_ROWS) return false;
  let length = 0;
  for (const vector of vectors) {
    if (vector.kind === 'text') for (const text of vector.texts) length += text.length;
  }
  return length <= MAX_TEXT_LENGTH;
}

/** A column chunk in its file, as the footer tells of it. */
interface Chunk {
  readonly name: string;
  readonly vector: ColumnValues;
  readonly codec: number;
  readonly encodings: readonly number[];
  readonly dictionaryOffset: number | null;
  readonly dataOffset: number;
  readonly start: number;
  /** Bytes with page headers, before and after compression. */
  readonly plainSize: number;
  readonly size: number;
}

/**
 * A part as a Parquet file of one row group, with one page a column (github.com/apache/parquet-format).
 * For a few thousand rows, where it costs a tenth of what DuckDB's statements do (decision 19).
 */
export function parquetFile(part: PartValues): Uint8Array {
  const pieces: Uint8Array[] = [MAGIC];
  let offset = MAGIC.length;
  const chunks = part.columns.flatMap(({ name }, index): Chunk[] => {
    const vector = part.vectors[index];
    if (vector === undefined) return [];
    const { pieces: own, ...chunk } = writeChunk(columnPages(vector, part.rows), part.rows, offset);
    pieces.push(...own);
    offset += chunk.size;
    return [{ ...chunk, name, vector }];
  });
  const footer = formatFooter(part.rows, chunks);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...pieces, footer, length, MAGIC]);
}

function writeChunk(
  { dictionary, data }: ColumnPages,
  rows: number,
  start: number,
): Omit<Chunk, 'name' | 'vector'> & { readonly pieces: readonly Uint8Array[] } {
  const contentSize = data.bytes.length + (dictionary?.bytes.length ?? 0);
  const codec = contentSize < MIN_COMPRESSED_BYTES ? UNCOMPRESSED : ZSTD;
  const pieces: Uint8Array[] = [];
  let size = 0;
  let plainSize = 0;
  const writePage = (page: Page) => {
    const stored = codec === ZSTD ? zstdCompressSync(page.bytes) : page.bytes;
    const header = formatPageHeader(page, stored.length);
    pieces.push(header, stored);
    size += header.length + stored.length;
    plainSize += header.length + page.bytes.length;
  };
  if (dictionary !== null) {
    const { values, bytes } = dictionary;
    writePage({ type: DICTIONARY_PAGE, values, encoding: ENCODING.PLAIN, bytes });
  }
  const dataOffset = start + size;
  writePage({ type: DATA_PAGE, values: rows, ...data });
  return {
    pieces,
    codec,
    encodings: [...new Set([ENCODING.PLAIN, ENCODING.RLE, data.encoding])],
    dictionaryOffset: dictionary === null ? null : start,
    dataOffset,
    start,
    plainSize,
    size,
  };
}

interface Page {
  readonly type: typeof DATA_PAGE | typeof DICTIONARY_PAGE;
  readonly values: number;
  readonly encoding: number;
  readonly bytes: Uint8Array;
}

/** `PageHeader` of parquet.thrift. */
function formatPageHeader({ type, values, encoding, bytes }: Page, storedSize: number): Uint8Array {
  const out = new CompactWriter();
  out.struct(() => {
    out.i32(1, type);
    out.i32(2, bytes.length);
    out.i32(3, storedSize);
    out.structField(type === DATA_PAGE ? 5 : 7, () => {
      out.i32(1, values);
      out.i32(2, encoding);
      if (type === DICTIONARY_PAGE) return;
      out.i32(3, ENCODING.RLE);
      out.i32(4, ENCODING.RLE);
    });
  });
  return out.finish();
}

/** `FileMetaData` of parquet.thrift. */
function formatFooter(rows: number, chunks: readonly Chunk[]): Uint8Array {
  const out = new CompactWriter();
  out.struct(() => {
    out.i32(1, 1);
    out.list(2, 'struct', [null, ...chunks], (chunk) =>
      out.struct(() => writeSchemaElement(out, chunk, chunks.length)),
    );
    out.i64(3, rows);
    out.list(4, 'struct', [chunks], () => out.struct(() => writeRowGroup(out, rows, chunks)));
    out.binary(6, CREATED_BY);
    // TypeDefinedOrder for each column: texts compare by their bytes.
    out.list(7, 'struct', chunks, () => out.struct(() => out.structField(1)));
  });
  return out.finish();
}

/** `SchemaElement`; null is the root. */
function writeSchemaElement(out: CompactWriter, chunk: Chunk | null, columns: number): void {
  if (chunk === null) {
    out.binary(4, 'schema');
    out.i32(5, columns);
    return;
  }
  const isText = chunk.vector.kind === 'text';
  out.i32(1, isText ? BYTE_ARRAY : DOUBLE);
  out.i32(3, OPTIONAL);
  out.binary(4, chunk.name);
  if (!isText) return;
  out.i32(6, UTF8);
  // LogicalType STRING.
  out.structField(10, () => out.structField(1));
}

/** `RowGroup` */
function writeRowGroup(out: CompactWriter, rows: number, chunks: readonly Chunk[]): void {
  out.list(1, 'struct', chunks, (chunk) =>
    out.struct(() => {
      // Deprecated, and 0 in files that have no metadata elsewhere.
      out.i64(2, 0);
      out.structField(3, () => writeColumnMetadata(out, rows, chunk));
    }),
  );
  out.i64(
    2,
    sumOf(chunks, ({ plainSize }) => plainSize),
  );
  out.i64(3, rows);
  out.i64(5, MAGIC.length);
  out.i64(
    6,
    sumOf(chunks, ({ size }) => size),
  );
  out.i16(7, 0);
}

/** `ColumnMetaData` */
function writeColumnMetadata(out: CompactWriter, rows: number, chunk: Chunk): void {
  out.i32(1, chunk.vector.kind === 'text' ? BYTE_ARRAY : DOUBLE);
  out.list(2, 'i32', chunk.encodings, (encoding) => out.integer(encoding));
  out.list(3, 'binary', [chunk.name], (name) => out.text(name));
  out.i32(4, chunk.codec);
  out.i64(5, rows);
  out.i64(6, chunk.plainSize);
  out.i64(7, chunk.size);
  out.i64(9, chunk.dataOffset);
  if (chunk.dictionaryOffset !== null) out.i64(11, chunk.dictionaryOffset);
  out.structField(12, () => writeStatistics(out, chunk.vector));
}

/** `Statistics`, with bounds only where they are values of the column. */
function writeStatistics(out: CompactWriter, vector: ColumnValues): void {
  out.i64(3, vector.nulls);
  const bounds = columnBounds(vector);
  if (bounds === null || !bounds.exact) return;
  out.binary(5, boundBytes(bounds.max, 0));
  out.binary(6, boundBytes(bounds.min, -0));
}

/** @param zero what is written for either zero: readers must find 0 and -0 between the bounds */
function boundBytes(bound: string | number, zero: number): Uint8Array {
  if (typeof bound === 'string') return Buffer.from(bound);
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleLE(bound === 0 ? zero : bound);
  return bytes;
}

function sumOf(chunks: readonly Chunk[], size: (chunk: Chunk) => number): number {
  return chunks.reduce((sum, chunk) => sum + size(chunk), 0);
}
