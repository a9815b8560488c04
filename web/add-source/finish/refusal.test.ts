import { describe, expect, test } from 'vitest';
import { NetworkFailure, ProblemError } from '../../api/problem-error.ts';
import { planTables } from '../tables/table-plan.ts';
import { freeName } from './free-name.ts';
import { readRefusal } from './refusal.ts';

const { rows } = planTables(
  { layer: 'raw', folder: null, prefix: '', tables: {} },
  [
    { name: 'chart_a', title: 'Daily buyers' },
    { name: 'chart_b', title: null },
  ],
  { layers: ['raw'], taken: new Map() },
);

function refused(
  issues: readonly { path: (string | number)[]; message: string }[],
  code: 'fields_invalid' | 'not_found' = 'fields_invalid',
) {
  return readRefusal(
    new ProblemError({
      type: 'about:blank',
      title: '',
      status: 422,
      detail: 'There is no validation val_1 for this.',
      code,
      help: '',
      issues: [...issues],
      place: null,
      request_id: '',
    }),
    rows,
  );
}

describe('what the service refuses', () => {
  test('of tables is put right in step 4, and the name is remembered', () => {
    const message = 'raw.chart_a belongs to stream chart_a of source Growth';
    expect(refused([{ path: ['streams', 0, 'table'], message }])).toEqual({
      corrections: [{ step: 'tables', message: `Daily buyers: ${message}.` }],
      tables: [{ fullName: 'raw.chart_a', message: `${message}.` }],
      isHere: false,
    });
  });

  test('of what holds for all streams, too', () => {
    expect(
      refused([{ path: ['layer'], message: 'is no layer of the catalog' }]).corrections,
    ).toEqual([{ step: 'tables', message: 'The layer is no layer of the catalog.' }]);
  });

  test('of streams is put right in step 3', () => {
    expect(
      refused([{ path: ['streams', 1, 'stream'], message: 'cannot be read' }]).corrections,
    ).toEqual([{ step: 'streams', message: 'chart_b: cannot be read.' }]);
    expect(refused([{ path: ['streams'], message: 'names no stream' }]).corrections).toEqual([
      { step: 'streams', message: 'The choice names no stream.' },
    ]);
  });

  test('for want of a validation leads to step 2', () => {
    expect(refused([], 'not_found').corrections).toEqual([
      { step: 'access', message: 'There is no validation val_1 for this.' },
    ]);
  });

  test('of fields of this step stands at them', () => {
    expect(refused([{ path: ['name'], message: 'is empty' }])).toEqual({
      corrections: [],
      tables: [],
      isHere: true,
    });
  });

  test('nothing, when it did not answer', () => {
    expect(readRefusal(new NetworkFailure(null), rows).corrections).toEqual([]);
  });
});

test('a free name is the title, or the first number after it', () => {
  expect(freeName('Amplitude', ['Growth'])).toBe('Amplitude');
  expect(freeName('Amplitude', ['Amplitude', 'Amplitude 2', 'Amplitude 4'])).toBe('Amplitude 3');
});
