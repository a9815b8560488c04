import { describe, expect, it } from 'vitest';
import { isLayerName } from '../../src/catalog/table-id.ts';
import { layerNameProblem } from './layer-name.ts';

const NAMES = [
  ['', 'empty'],
  ['raw', null],
  ['_own', null],
  ['gold_2', null],
  ['Raw', 'capitals'],
  ['my layer', 'characters'],
  ['größe', 'characters'],
  ['raw.', 'characters'],
  ['2nd', 'digit'],
  ['x'.repeat(128), null],
  ['x'.repeat(129), 'long'],
  ['information_schema', 'reserved'],
  ['chartlift', 'reserved'],
  ['temp', 'reserved'],
] as const;

describe('layerNameProblem', () => {
  it.each(NAMES)('says of %j: %s', (name, problem) => {
    expect(layerNameProblem(name, [])).toBe(problem);
  });

  it.each(NAMES)('says of %j what the catalog says', (name) => {
    expect(layerNameProblem(name, []) === null).toBe(isLayerName(name));
  });

  it('knows the layers that there are', () => {
    expect(layerNameProblem('raw', ['raw', 'trusted'])).toBe('taken');
  });
});
