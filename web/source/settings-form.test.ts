import { describe, expect, it } from 'vitest';
import { rebase, settingsChanges, settingsIssues, settingsOf } from './settings-form.ts';

const base = {
  name: 'Growth',
  description: 'What we agreed on',
  trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
  time_limit_minutes: 180,
  revision: 1,
} as const;

describe('settingsChanges', () => {
  it('are none for a form that was not touched', () => {
    expect(settingsChanges(base, settingsOf(base))).toEqual({});
  });

  it('name what was typed, and nothing else', () => {
    const form = { ...settingsOf(base), name: 'Growth 2', timeLimit: '60' };
    expect(settingsChanges(base, form)).toEqual({ name: 'Growth 2', time_limit_minutes: 60 });
  });

  it('do not care for the order of the keys of a trigger', () => {
    const trigger = { timezone: 'Europe/Berlin', time: '06:30', type: 'daily' } as const;
    expect(settingsChanges(base, { ...settingsOf(base), trigger })).toEqual({});
  });
});

describe('settingsIssues', () => {
  it('counts the description as people do', () => {
    const of = (description: string) => settingsIssues({ ...settingsOf(base), description });
    expect(of('👩‍👩‍👧‍👦'.repeat(140)).size).toBe(0);
    expect([...of('a'.repeat(141))]).toEqual(['description']);
  });

  it.each(['0', '1441', '1.5', 'abc', ''])('refuses a time limit of "%s"', (timeLimit) => {
    expect([...settingsIssues({ ...settingsOf(base), timeLimit })]).toEqual(['timeLimit']);
  });
});

describe('rebase', () => {
  const theirs = { ...base, revision: 2, description: 'Theirs' };

  it('takes what others changed where nobody typed', () => {
    const typed = { ...settingsOf(base), name: 'Mine' };
    const { form, clashes } = rebase(typed, base, theirs);
    expect(form).toEqual({ ...settingsOf(theirs), name: 'Mine' });
    expect(clashes).toBe(false);
  });

  it('keeps what was typed where both changed the same, and says so', () => {
    const typed = { ...settingsOf(base), description: 'Mine' };
    const { form, clashes } = rebase(typed, base, theirs);
    expect(form.description).toBe('Mine');
    expect(clashes).toBe(true);
  });

  it('sees no clash where both typed the same', () => {
    const typed = { ...settingsOf(base), description: 'Theirs' };
    expect(rebase(typed, base, theirs).clashes).toBe(false);
  });
});
