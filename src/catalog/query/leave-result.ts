import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';

/**
 * Ends a streamed result, wherever its reader stands. One that is neither read to its end nor interrupted
 * keeps its whole engine, with threads and memory, even when that was closed: until V8 finds that nobody
 * holds the object any more, which it has no reason to do soon, since the engine's memory is not V8's.
 *
 * @param connection on which nothing else goes on
 */
export async function leaveResult(
  connection: DuckDBConnection,
  result: DuckDBResult,
): Promise<void> {
  connection.interrupt();
  for (;;) {
    // What fails in there has nobody left to be told, and has ended, too.
    const chunk = await result.fetchChunk().catch(() => null);
    if (chunk === null || chunk.rowCount === 0) return;
  }
}
