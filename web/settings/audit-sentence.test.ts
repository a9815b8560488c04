import { describe, expect, it } from 'vitest';
import { type AuditEntry, plainText, sayEntry } from './audit-sentence.ts';

const SOURCES = new Map([['src_1', 'Growth']]);

function entry(action: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: 'aud_1',
    at: '2026-03-01T12:00:00Z',
    actor: { type: 'user', id: 'usr_1', name: 'Ada' },
    action,
    target: { type: 'source', id: 'src_1', name: 'Growth' },
    details: {},
    request_id: 'req_1',
    ...more,
  };
}

function say(action: string, more: Partial<AuditEntry> = {}): string {
  return plainText(sayEntry(entry(action, more), SOURCES));
}

/** Details of a change; what was before matters to no sentence. */
function changed(after: Readonly<Record<string, unknown>>): AuditEntry['details'] {
  return { before: {}, after };
}

const GRACE = { type: 'user', id: 'usr_2', name: 'Grace' };

describe('sayEntry', () => {
  it.each<[string, AuditEntry['details'], string]>([
    ['source.created', { streams: 3 }, 'Ada added source Growth'],
    ['source.created', { duplicate_of: 'src_0' }, 'Ada duplicated a source as Growth'],
    ['source.changed', changed({ paused: true }), 'Ada paused source Growth'],
    ['source.changed', changed({ paused: false }), 'Ada resumed source Growth'],
    [
      'source.changed',
      changed({ name: 'Growth', trigger: 'Daily' }),
      'Ada changed the name and the trigger of source Growth',
    ],
    ['source.changed', changed({ owner: 'Ada' }), 'Ada changed owner of source Growth'],
    ['source.changed', changed({}), 'Ada changed source Growth'],
    ['stream.changed', changed({ note: 'For Mondays' }), 'Ada wrote a note on Growth'],
    ['stream.changed', changed({ note: '' }), 'Ada removed the note on Growth'],
    [
      'stream.changed',
      changed({ layer: 'raw', table: 'buyers' }),
      'Ada gave the table of Growth another place',
    ],
    ['stream.changed', changed({ selected: false }), 'Ada left out stream Growth from now on'],
    ['stream.changed', changed({ selected: true }), 'Ada selected stream Growth'],
    ['stream.changed', changed({ note: 'x', table: 'y' }), 'Ada changed stream Growth'],
    [
      'source.streams_added',
      { streams: ['chart_a', 'chart_b'] },
      'Ada added chart_a, chart_b to source Growth',
    ],
    ['source.deleted', { tables: 'keep' }, 'Ada deleted source Growth and kept its tables'],
    ['source.deleted', { tables: 'drop' }, 'Ada deleted source Growth and its tables'],
    ['run.started', {}, 'Ada ran source Growth'],
    ['run.started', { retry_of: 'run_1' }, 'Ada retried what had failed of source Growth'],
    ['layer.renamed', { before: 'raw' }, 'Ada renamed layer raw to Growth'],
  ])('%s %j', (action, details, sentence) => {
    expect(say(action, { details })).toBe(sentence);
  });

  it.each<[string, AuditEntry['details'], string]>([
    ['user.created', { role: 'editor' }, 'Ada added Grace as an editor'],
    ['user.updated', { role: 'admin' }, 'Ada made Grace an administrator'],
    ['user.updated', { disabled: true }, 'Ada disabled Grace'],
    ['user.updated', { disabled: false }, 'Ada enabled Grace again'],
    ['user.updated', { name: 'Grace' }, 'Ada renamed a user to Grace'],
    ['user.updated', { name: 'Grace', role: 'admin' }, 'Ada changed user Grace'],
    ['user.password_set', {}, 'Ada gave Grace a new password'],
  ])('%s %j', (action, details, sentence) => {
    expect(say(action, { details, target: GRACE })).toBe(sentence);
  });

  it('knows the first administrator by their adding themselves', () => {
    const target = { type: 'user', id: 'usr_1', name: 'Ada' };
    expect(say('user.created', { target })).toBe('Ada became the first administrator');
  });

  it('finds the name of a source that the trail knows by its id', () => {
    const target = { type: 'run', id: 'run_1', name: 'src_1' };
    expect(say('run.canceled', { target })).toBe('Ada canceled a run of source Growth');
  });

  it('says what it can of an action that it does not know', () => {
    expect(say('source.painted')).toBe('Ada did source.painted on Growth');
    expect(say('other')).toBe('Ada did other on Growth');
    expect(say('toString', { target: { type: 'x', id: 'x_1', name: '' } })).toBe(
      'Ada did toString on x_1',
    );
  });

  it('lets names stand out, and nothing that a name holds is filled in again', () => {
    const actor = { type: 'user', id: 'usr_1', name: '{what}' } as const;
    expect(sayEntry(entry('layer.created', { actor }), SOURCES)).toEqual([
      { text: '{what}', isName: true },
      { text: ' added layer ', isName: false },
      { text: 'Growth', isName: true },
    ]);
  });
});
