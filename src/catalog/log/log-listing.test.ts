import { describe, expect, it } from 'vitest';
import { sortLogFiles } from './log-listing.ts';

const at = (version: number) => String(version).padStart(20, '0');

describe('the files of a log', () => {
  it('are commits and checkpoints, oldest first', () => {
    const listing = sortLogFiles([
      `${at(11)}.json`,
      `${at(9)}.json`,
      `${at(10)}.json`,
      `${at(10)}.checkpoint.parquet`,
      `${at(10)}.crc`,
      `${at(9)}.${at(11)}.compacted.json`,
      `${at(11)}.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet`,
      '_last_checkpoint',
      '.00000000000000000011.json.tmp',
      'readme.txt',
    ]);
    expect(listing.commits).toEqual([9, 10, 11]);
    expect(listing.checksums).toEqual([10]);
    expect(listing.checkpoints).toEqual([{ version: 10, files: [`${at(10)}.checkpoint.parquet`] }]);
  });

  it('leave out a checkpoint whose parts are not all there', () => {
    const part = (version: number, of: string) => `${at(version)}.checkpoint.${of}.parquet`;
    const listing = sortLogFiles([
      part(3, '0000000001.0000000002'),
      part(3, '0000000002.0000000002'),
      part(6, '0000000001.0000000002'),
    ]);
    expect(listing.checkpoints.map(({ version }) => version)).toEqual([3]);
  });
});
