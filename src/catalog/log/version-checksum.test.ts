import { expect, it } from 'vitest';
import { formatChecksum } from './version-checksum.ts';

const metadata = {
  id: 'i',
  name: null,
  description: null,
  format: { provider: 'parquet', options: {} },
  schemaString: '{}',
  partitionColumns: [],
  createdTime: 1,
  configuration: {},
};
const protocol = { minReaderVersion: 1, minWriterVersion: 2 };
const files = (count: number) =>
  Array.from({ length: count }, (_, file) => ({
    path: `f${file}`,
    size: 10,
    modificationTime: 1,
    stats: null,
  }));

it('adds up the files of a version and lists them', () => {
  const state = { protocol, metadata, files: files(2), transactions: [] };
  expect(JSON.parse(formatChecksum(state))).toEqual({
    tableSizeBytes: 20,
    numFiles: 2,
    numMetadata: 1,
    numProtocol: 1,
    setTransactions: [],
    metadata,
    protocol,
    allFiles: state.files,
  });
});

it('does not list thousands of files', () => {
  const checksum = formatChecksum({ protocol, metadata, files: files(1001), transactions: [] });
  expect(JSON.parse(checksum)).not.toHaveProperty('allFiles');
});
