import { describe, expect, it } from 'vitest';
import { changesOf, formOf } from './stream-edit.ts';

const stream = {
  name: 'chart_a',
  title: null,
  selected: true,
  layer: 'raw',
  folder: 'growth',
  table: 'chart_a',
  sync_mode: 'FULL_TABLE',
  note: '',
} as const;

describe('changesOf', () => {
  it('are none for a form that was not touched', () => {
    expect(changesOf(stream, formOf(stream))).toEqual({});
  });

  it('take a table out of its folder when the field is emptied', () => {
    expect(changesOf(stream, { ...formOf(stream), folder: ' ' })).toEqual({ folder: null });
  });

  it('name the new place of a table', () => {
    const form = { ...formOf(stream), layer: 'trusted', table: ' buyers ' };
    expect(changesOf(stream, form)).toEqual({ layer: 'trusted', table: 'buyers' });
  });
});
