import { describe, expect, it } from 'vitest';
import { problemError } from './problem-error.ts';

const problem = (members: Record<string, unknown>) =>
  JSON.stringify({ detail: 'It is gone.', code: 'not_found', help: 'List them.', ...members });

describe('a problem of the API', () => {
  it('becomes an error of the same code', () => {
    expect(problemError(404, problem({}))).toMatchObject({
      code: 'not_found',
      message: 'It is gone.',
      hint: 'List them.',
      exitCode: 2,
    });
  });

  it('says each field that cannot be used', () => {
    const issues = [
      { path: ['streams', 0, 'table'], message: 'raw.a belongs to stream b' },
      { path: ['name'], message: 'is empty' },
    ];
    const error = problemError(422, problem({ code: 'fields_invalid', issues }));
    expect(error?.message).toBe('streams[0].table raw.a belongs to stream b\nname is empty');
  });

  it('of a code that is not known here is told all the same', () => {
    expect(problemError(418, problem({ code: 'teapot' }))?.code).toBe('request_invalid');
    expect(problemError(503, problem({ code: 'toString' }))?.code).toBe('internal');
  });

  it.each(['', '<html>', '{}', '{"detail": 1}'])('is not %j', (body) => {
    expect(problemError(500, body)).toBeNull();
  });
});
