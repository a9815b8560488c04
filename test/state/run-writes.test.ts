import { sql, type Transaction } from 'kysely';
import { expect, it } from 'vitest';
import { RunWrites } from '../../src/state/run-writes.ts';
import type { Tables } from '../../src/state/tables.ts';
import { eachDatabase } from './each-database.ts';

eachDatabase('RunWrites', ({ dialect, open }) => {
  /** Whether a transaction waits for the disk when it ends. */
  async function isDurable(transaction: Transaction<Tables>): Promise<boolean> {
    if (dialect === 'postgres') {
      const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(
        transaction,
      );
      return rows[0]?.synchronous_commit === 'on';
    }
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(transaction);
    // sqlite.org/pragma.html#pragma_synchronous: 2 is FULL.
    return rows[0]?.synchronous === 2;
  }

  it('waits for the disk, except for what may be lost', async () => {
    const writes = new RunWrites(await open());
    expect(await writes.run(isDurable)).toBe(true);
    expect(await writes.run(isDurable, { mayBeLost: true })).toBe(false);
    expect(await writes.run(isDurable)).toBe(true);
  });

  it('waits for the disk after what may be lost has failed', async () => {
    const writes = new RunWrites(await open());
    const failing = writes.run(
      async () => {
        throw new Error('no');
      },
      { mayBeLost: true },
    );
    await expect(failing).rejects.toThrow('no');
    expect(await writes.run(isDurable)).toBe(true);
  });

  it('loses nothing that is written together with what may be lost', async () => {
    const writes = new RunWrites(await open());
    const together = [writes.run(isDurable, { mayBeLost: true }), writes.run(isDurable)];
    expect((await Promise.all(together)).at(-1)).toBe(true);
  });
});
