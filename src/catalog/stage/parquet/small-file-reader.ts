import { zstdDecompressSync } from 'node:zlib';
import { readBytes } from '../../at-once.ts';
import type { Cell } from '../cells.ts';
import { CREATED_BY } from './parquet-file.ts';

const unpackZstd = (packed: Uint8Array): Uint8Array => zstdDecompressSync(packed);
const COMPRESSORS = { ZSTD: unpackZstd };

/**
 * Reads what `parquetFile` wrote: the cells of each column, by its name. Null for a file of somebody else.
 * @throws for a file that is not there or damaged
 */
export async function readSmallFile(
  path: string,
): Promise<ReadonlyMap<string, readonly Cell[]> | null> {
  const { parquetMetadata, parquetRead } = await import('hyparquet');
  const { buffer, byteOffset, byteLength } = await readBytes(path);
  const file = buffer.slice(byteOffset, byteOffset + byteLength);
  const metadata = parquetMetadata(file);
  if (metadata.created_by !== CREATED_BY) return null;
  const columns = new Map<string, Cell[]>();
  await parquetRead({
    file,
    metadata,
    compressors: COMPRESSORS,
    onChunk({ columnName, columnData }) {
      columns.set(columnName, Array.from<unknown, Cell>(columnData, cellOf));
    },
  });
  return columns;
}

/** A column holds texts or numbers. */
function cellOf(value: unknown): Cell {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
