import { execFile, execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openLakeWriter } from '../../src/catalog/lake-writer.ts';
import { privateLake } from './private-lake.ts';
import { batchOf, replaceTable, visitRows, visits, visitsTable } from './visits.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'children', 'write-and-report.ts');
const node = process.execPath;

/** Whether this machine lets us mount file systems, in a namespace of our own. */
const canMount = (() => {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Runs a shell command in a mount namespace of its own and reads the child's report. */
async function inNamespace(command: string): Promise<unknown> {
  const { stdout } = await run('unshare', ['-rm', 'sh', '-ec', command]);
  return JSON.parse(stdout);
}

const full = {
  code: 'lake_full',
  message: expect.stringContaining('There is no room left to write'),
  hint: expect.stringContaining('Free space'),
};

it.skipIf(!canMount)('a full disk stops the write and leaves the table as it was', async () => {
  const lake = await privateLake();
  await mkdir(lake);
  const report = await inNamespace(
    `mount -t tmpfs -o size=700k tmpfs '${lake}'; exec '${node}' '${script}' '${lake}' 1000 200000`,
  );
  expect(report).toEqual({
    first: { status: 'committed', version: 0, upkeepFailure: null },
    second: full,
    rows: 1000,
    staging: [],
    files: 2,
    again: { status: 'committed', version: 1, upkeepFailure: null },
  });
});

it.skipIf(process.platform === 'win32')('so does a limit on the size of files', async () => {
  const lake = await privateLake();
  // In blocks of 512 bytes (POSIX) or 1024 (bash): room for a thousand rows, not for many.
  const { stdout } = await run('sh', [
    '-ec',
    `ulimit -f 500; exec '${node}' '${script}' '${lake}' 1000 200000`,
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    first: { status: 'committed', version: 0 },
    second: full,
    rows: 1000,
    staging: [],
    files: 2,
    again: { status: 'committed', version: 1 },
  });
});

it.skipIf(!canMount)('a read-only lake is read, and not written', async () => {
  const lake = await privateLake();
  await replaceTable(lake, visitsTable, [batchOf(visits, visitRows(10))]);
  const report = await inNamespace(
    `mount --bind '${lake}' '${lake}'; mount -o remount,bind,ro '${lake}';
     exec '${node}' '${script}' '${lake}' '' 20`,
  );
  expect(report).toMatchObject({
    second: {
      code: 'lake_not_writable',
      message: expect.stringContaining('cannot be written'),
      hint: expect.stringContaining('write access'),
    },
    rows: 10,
    staging: [],
  });
});

it('a lake cannot be made below a file', async () => {
  const lake = await privateLake();
  await writeFile(lake, 'not a directory');
  await expect(
    openLakeWriter(join(lake, 'sub'), { runId: 'x', create: true }),
  ).rejects.toMatchObject({ code: 'lake_not_writable' });
  await expect(openLakeWriter(join(lake, 'sub'), { runId: 'x' })).rejects.toMatchObject({
    code: 'lake_not_found',
  });
});
