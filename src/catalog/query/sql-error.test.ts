import { describe, expect, it } from 'vitest';
import { explainSqlError } from './sql-error.ts';

const engineError = (fields: object) =>
  new Error(`Binder Error: ${JSON.stringify({ exception_type: 'Binder', ...fields })}`);
const context = { text: 'SELECT 1', offset: 0, prefix: '', tables: ['raw.a'], columns: [] };

describe('an error of the engine', () => {
  it.each([
    ['SELECT x', 0, '', 7, ' (character 8)'],
    ['SELECT\n  x', 0, '', 9, ' (line 2, character 3)'],
    // The engine counts bytes, people count characters.
    ["SELECT 'üü', x", 0, '', 15, ' (character 14)'],
    // It saw another prefix than was written, or none.
    ['explain /* ü */ SELECT x', 16, 'EXPLAIN ', 15, ' (character 24)'],
    ['explain SELECT x', 8, '', 7, ' (character 16)'],
    ['SELECT x', 0, '', undefined, ''],
  ])('in %j, from %d after %j, at %s, is%s', (text, offset, prefix, position, place) => {
    const error = engineError({
      exception_message: 'No x!\nCandidate bindings: "y"',
      ...(position === undefined ? {} : { position: String(position) }),
    });
    expect(explainSqlError(error, { ...context, text, offset, prefix })).toMatchObject({
      code: 'sql_failed',
      message: `No x${place}.`,
      hint: 'Candidate bindings: "y"',
      cause: error,
    });
  });

  it('about a missing table names those that there are', () => {
    const message = 'Table with name x does not exist!\nDid you mean "y"?';
    const error = engineError({ exception_type: 'Catalog', exception_message: message });
    expect(explainSqlError(error, context)).toMatchObject({ hint: 'Tables there are: raw.a.' });
    expect(explainSqlError(error, { ...context, tables: [] })).toMatchObject({
      hint: 'The lake holds no table yet; a sync makes them.',
    });
  });

  it('about a missing column names those that there are', () => {
    const message =
      'Referenced column "contry" not found in FROM clause!\nCandidate bindings: "id"';
    const error = engineError({ exception_message: message });
    expect(explainSqlError(error, { ...context, columns: ['id', 'country'] })).toMatchObject({
      message: 'There is no column "contry".',
      hint: 'Columns of the tables in the query: id, country.',
    });
    const columns = Array.from({ length: 50 }, (_, at) => `c${at}`);
    expect(explainSqlError(error, { ...context, columns })).toMatchObject({
      hint: expect.stringMatching(/ c39, …\.$/),
    });
    // Without tables, the engine's own words are all there is.
    expect(explainSqlError(error, context)).toMatchObject({ hint: 'Candidate bindings: "id"' });
  });

  it('about files and settings is a refusal', () => {
    const error = engineError({ exception_type: 'Permission', exception_message: 'No.' });
    expect(explainSqlError(error, context)).toMatchObject({ code: 'sql_refused' });
  });

  it.each([new Error('plain'), new Error('{"not":"ours"}'), 'text', null])(
    'of another kind is left as it is: %s',
    (thrown) => {
      expect(explainSqlError(thrown, context)).toBe(thrown);
    },
  );
});
