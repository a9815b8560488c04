import { expect, it } from 'vitest';
import {
  checkpointFileName,
  checksumFileName,
  commitFileName,
  parseLogFileName,
} from './log-file-name.ts';

const at = (version: number) => String(version).padStart(20, '0');

it.each([
  [commitFileName(7), { kind: 'commit', version: 7 }],
  [checkpointFileName(10), { kind: 'checkpoint', version: 10, part: 1, parts: 1 }],
  [
    `${at(10)}.checkpoint.0000000002.0000000003.parquet`,
    { kind: 'checkpoint', version: 10, part: 2, parts: 3 },
  ],
  [checksumFileName(12), { kind: 'checksum', version: 12 }],
  [`${at(4)}.${at(6)}.compacted.json`, { kind: 'compaction', version: 4 }],
  ['_last_checkpoint', null],
  ['7.json', null],
  [`${at(7)}.json.tmp`, null],
  [`.${at(7)}.json`, null],
  [`${at(7)}.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet`, null],
])('%s is %j', (name, file) => {
  expect(parseLogFileName(name)).toEqual(file);
});
