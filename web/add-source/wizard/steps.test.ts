import { describe, expect, it } from 'vitest';
import { currentDraft } from '../draft.ts';
import { isOpen, lastOpenStep, stepAt } from './steps.ts';

const empty = currentDraft();
const chosen = { ...empty, connector: 'amplitude' };
const checked = { ...chosen, validationId: 'val_1' };

describe('the steps of the wizard', () => {
  it.each([
    [empty, 'connector'],
    [chosen, 'access'],
    [checked, 'streams'],
    [{ ...checked, selected: [] }, 'streams'],
    [{ ...checked, selected: ['chart_a'] }, 'finish'],
  ] as const)('open one after the other', (draft, last) => {
    expect(lastOpenStep(draft)).toBe(last);
    expect(isOpen('connector', draft)).toBe(true);
    expect(isOpen('finish', draft)).toBe(last === 'finish');
  });

  it('have an address each', () => {
    expect(stepAt('/sources/add/tables')).toBe('tables');
    expect(stepAt('/sources/add')).toBe(null);
  });
});
