import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../errors.ts';
import { explainWriteFailure, systemErrorCode } from './lake-error.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });

describe('a failed write', () => {
  it.each([
    [systemError('ENOSPC'), 'lake_full'],
    [systemError('EDQUOT'), 'lake_full'],
    [new Error('IO Error: Could not write file "x": No space left on device'), 'lake_full'],
    [systemError('EROFS'), 'lake_not_writable'],
    [systemError('EACCES'), 'lake_not_writable'],
    [systemError('EXDEV'), 'lake_not_writable'],
    [new Error('IO Error: Cannot open file "x": Permission denied'), 'lake_not_writable'],
  ])('%s is %s', (thrown, code) => {
    expect(explainWriteFailure(thrown, '/lake')).toMatchObject({ code, cause: thrown });
  });

  it('of any other kind is left as it is', () => {
    const own = new ChartliftError('commit_conflict', 'x', 'y');
    for (const thrown of [own, systemError('ENOENT'), new Error('else'), 'text']) {
      expect(explainWriteFailure(thrown, '/lake')).toBe(thrown);
    }
    expect(systemErrorCode(systemError('ENOENT'))).toBe('ENOENT');
    expect(systemErrorCode('ENOENT')).toBe(undefined);
  });
});
