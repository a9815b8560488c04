import { describe, expect, it } from 'vitest';
import { formatActions, parseActions } from './actions.ts';
import { EMPTY_STATE, replay } from './replay.ts';

const add = (path: string, size = 1) => ({
  add: { path, partitionValues: {}, size, modificationTime: 5, dataChange: true, stats: null },
});
const remove = (path: string) => ({
  remove: { path, deletionTimestamp: 7, dataChange: true, size: 1 },
});

describe('replaying a log', () => {
  it('keeps the files that were added and not removed, and the newest metadata', () => {
    const first = replay(EMPTY_STATE, parseActions(formatActions([add('a'), add('b')])));
    const second = replay(first, parseActions(formatActions([remove('a'), add('c', 9)])));
    expect([...second.files.keys()]).toEqual(['b', 'c']);
    expect([...second.tombstones.keys()]).toEqual(['a']);
    expect([...first.files.keys()]).toEqual(['a', 'b']);
  });

  it('lets a file that is removed and added in one commit stay', () => {
    const before = replay(EMPTY_STATE, [add('a')]);
    const after = replay(before, [add('a', 2), remove('a')]);
    expect(after.files.get('a')?.size).toBe(2);
    expect(after.tombstones.size).toBe(0);
  });
});

describe('the lines of a log entry', () => {
  it('are read with fields and actions that nobody here knows', () => {
    const actions = parseActions(
      [
        '{"commitInfo":{"timestamp":"soon","operation":7,"isBlindAppend":true}}',
        '{"add":{"path":"a","size":3,"modificationTime":1,"baseRowId":4}}',
        '{"domainMetadata":{"domain":"x"}}',
        '{"metaData":{"id":"i","format":{"provider":"parquet"},"schemaString":"{}","partitionColumns":[],"configuration":{"a":"b","gone":null}}}',
        '',
      ].join('\n'),
    );
    expect(actions[0]?.commitInfo).toEqual(
      expect.objectContaining({ timestamp: null, operation: null, isBlindAppend: true }),
    );
    expect(actions[1]?.add).toEqual({ path: 'a', size: 3, modificationTime: 1, stats: null });
    expect(actions[2]).toEqual({});
    expect(actions[3]?.metaData?.configuration).toEqual({ a: 'b' });
  });

  it.each(['{"add":{"path":3}}', 'not json', '[]'])('are refused when they are %j', (line) => {
    expect(() => parseActions(line)).toThrow();
  });
});
