import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredSource } from './desired-source.ts';
import { streamOfChart } from './desired-source.ts';
import { exportSources } from './export-file.ts';
import { changesAnything, planApply } from './plan.ts';
import type { CurrentSource, Step } from './plan-step.ts';
import { readDesiredState } from './read-sources-file.ts';

const SECRETS = new Map([['amplitude', ['api_key', 'secret_key']]]);
const KEEP = { prune: false, credentials: false };
const PRUNE = { prune: true, credentials: false };

/** What a service would have after a plan: the reading of {@link Step} that the API implements. */
function carriedOut(
  steps: readonly Step[],
  before: readonly CurrentSource[],
): readonly CurrentSource[] {
  const sources = new Map(before.map((source) => [source.id, source]));
  const idOf = (name: string) => [...sources.values()].find((s) => s.name === name)?.id ?? '';
  const triggerOf = ({ trigger }: DesiredSource): CurrentSource['trigger'] =>
    trigger.type === 'after' ? { type: 'after', source_id: idOf(trigger.source) } : trigger;
  const streamsOf = (source: DesiredSource) =>
    source.streams.map(({ stream, selected, place }) => ({
      name: stream,
      title: null,
      selected,
      sync_mode: 'FULL_TABLE' as const,
      layer: 'raw',
      folder: null,
      table: stream.toLowerCase(),
      note: '',
      ...place,
    }));
  for (const step of steps) {
    if (step.action === 'delete') sources.delete(step.id);
    if (step.action !== 'create' && step.action !== 'update') continue;
    const { source } = step;
    const id = step.action === 'update' ? step.id : `src_${source.name}`;
    if (source.trigger.type === 'after') expect(idOf(source.trigger.source)).not.toBe('');
    sources.set(id, {
      id,
      name: source.name,
      description: source.description,
      connector: source.connector,
      config: { ...source.settings, chart_ids: [...source.charts] },
      trigger: triggerOf(source),
      paused: source.paused,
      time_limit_minutes: source.timeLimitMinutes,
      revision: (sources.get(id)?.revision ?? 0) + 1,
      streams: streamsOf(source),
    });
  }
  return [...sources.values()];
}

const timezone = fc.constantFrom('Europe/Berlin', 'UTC');
const time = fc.constantFrom('06:30', '00:00');
const trigger = fc.oneof(
  fc.constant({ type: 'manual' as const }),
  fc.record({ type: fc.constant('daily' as const), time, timezone }),
  fc.record({ type: fc.constant('hourly' as const), minute: fc.nat(59), timezone }),
  fc.record({
    type: fc.constant('weekly' as const),
    days: fc.uniqueArray(fc.constantFrom('mon' as const, 'thu' as const, 'sun' as const), {
      minLength: 1,
    }),
    time,
    timezone,
  }),
);
const chart = fc.constantFrom('abc123', 'XYZ-9', '12e34567', '007');
const text = fc.oneof(
  fc.constantFrom(
    '',
    'plain',
    '- a: b # c',
    '"quoted"',
    '06:30',
    'null',
    'line\nline',
    '\u{1F680} é',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

const sourceArbitrary = fc
  .record({
    description: text.map((words) => words.trim()),
    region: fc.constantFrom('us', 'eu'),
    charts: fc.uniqueArray(chart, { minLength: 1 }),
    trigger,
    paused: fc.boolean(),
    timeLimitMinutes: fc.integer({ min: 1, max: 1_440 }),
    selected: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    places: fc.array(
      fc.record({
        layer: fc.constantFrom('raw', 'trusted'),
        folder: fc.constantFrom(null, 'marketing', '2026'),
        table: fc.constantFrom('t', 'chart_abc123', '_007'),
        note: text.map((words) => words.trim()),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  })
  .map(
    ({ region, selected, places, charts, ...rest }): Omit<DesiredSource, 'name'> => ({
      ...rest,
      connector: 'amplitude',
      settings: { region },
      secrets: { api_key: 'a', secret_key: 'b' },
      charts,
      streams: [...charts.map(streamOfChart), 'charts_metadata'].map((stream, at) => ({
        stream,
        selected: selected[at] ?? true,
        place: places[at] ?? null,
      })),
    }),
  );

/** Sources of different names, some of which run after one that comes before them. */
const stateArbitrary = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('Marketing', 'Sales', 'Märkte (EU)', 'true', '1: x'), {
      maxLength: 4,
    }),
    fc.array(sourceArbitrary, { minLength: 4, maxLength: 4 }),
    fc.array(fc.option(fc.nat(3)), { minLength: 4, maxLength: 4 }),
  )
  .map(([names, sources, awaited]): readonly DesiredSource[] =>
    names.flatMap((name, at) => {
      const source = sources[at];
      const awaitedName = names[awaited[at] ?? at];
      if (source === undefined) return [];
      const waits = awaitedName !== undefined && names.indexOf(awaitedName) < at;
      const own = waits ? { type: 'after' as const, source: awaitedName } : source.trigger;
      return [{ ...source, name, trigger: own }];
    }),
  );

describe('a plan', () => {
  it('that was carried out leaves nothing to do', () => {
    fc.assert(
      fc.property(stateArbitrary, stateArbitrary, (first, second) => {
        const before = carriedOut(planApply(first, [], KEEP), []);
        const steps = planApply(second, before, PRUNE);
        const after = carriedOut(steps, before);
        expect(after.map(({ name }) => name).toSorted()).toEqual(
          second.map(({ name }) => name).toSorted(),
        );
        expect(changesAnything(planApply(second, after, PRUNE))).toBe(false);
      }),
    );
  });

  it('of what was exported is empty, and exporting it again gives the same text', () => {
    fc.assert(
      fc.property(stateArbitrary, (desired) => {
        const current = carriedOut(planApply(desired, [], KEEP), []);
        const file = exportSources(current, SECRETS);
        const { sources, warnings } = readDesiredState(file, 'sources.yaml', {});
        expect(warnings).toEqual([]);
        expect(changesAnything(planApply(sources, current, PRUNE))).toBe(false);
        const elsewhere = carriedOut(planApply(sources, [], KEEP), []);
        expect(exportSources(elsewhere, SECRETS)).toBe(file);
      }),
    );
  });
});

const source = (name: string, changes: Partial<DesiredSource> = {}): DesiredSource => ({
  name,
  description: '',
  connector: 'amplitude',
  settings: { region: 'us' },
  charts: ['a'],
  secrets: { api_key: 'a', secret_key: 'b' },
  trigger: { type: 'manual' },
  paused: false,
  timeLimitMinutes: 180,
  streams: ['chart_a', 'charts_metadata'].map((stream) => ({
    stream,
    selected: true,
    place: { layer: 'raw', folder: null, table: stream, note: '' },
  })),
  ...changes,
});

const current = (...sources: readonly DesiredSource[]) =>
  carriedOut(planApply(sources, [], KEEP), []);

const names = (steps: readonly Step[]) => steps.map(({ action, name }) => `${action} ${name}`);

describe('a plan says', () => {
  it('field by field what changes', () => {
    const after = source('M', {
      description: 'For reports',
      settings: { region: 'eu' },
      charts: ['b'],
      paused: true,
      trigger: { type: 'daily', time: '06:30', timezone: 'UTC' },
      streams: [
        {
          stream: 'chart_b',
          selected: true,
          place: { layer: 'raw', folder: null, table: 'chart_b', note: '' },
        },
        { stream: 'charts_metadata', selected: false, place: null },
      ],
    });
    expect(planApply([after], current(source('M')), KEEP)).toMatchObject([
      {
        action: 'update',
        fields: [
          { field: 'description', from: '', to: 'For reports' },
          { field: 'trigger', from: { type: 'manual' }, to: { type: 'daily' } },
          { field: 'paused', from: false, to: true },
        ],
        settings: [{ setting: 'region', from: 'us', to: 'eu' }],
        credentials: false,
        addCharts: ['b'],
        changeStreams: [
          { stream: 'charts_metadata', from: { selected: true }, to: { selected: false } },
        ],
        removeStreams: ['chart_a'],
      },
    ]);
  });

  it('nothing of keys unless they are to be replaced', () => {
    const before = current(source('M'));
    expect(names(planApply([source('M')], before, KEEP))).toEqual(['unchanged M']);
    const replace = { prune: false, credentials: true };
    expect(planApply([source('M')], before, replace)).toMatchObject([
      { action: 'update', credentials: true },
    ]);
    expect(names(planApply([source('M', { secrets: {} })], before, replace))).toEqual([
      'unchanged M',
    ]);
  });

  it('that a new source needs keys', () => {
    expect(() => planApply([source('M', { secrets: { api_key: 'a' } })], [], KEEP)).toThrow(
      'M is new, and its config has no secret_key.',
    );
  });

  it('nothing of the order of days', () => {
    const weekly = (...days: readonly ('mon' | 'thu')[]) =>
      source('M', {
        trigger: { type: 'weekly', days: [...days], time: '06:30', timezone: 'UTC' },
      });
    const steps = planApply([weekly('thu', 'mon')], current(weekly('mon', 'thu')), KEEP);
    expect(names(steps)).toEqual(['unchanged M']);
  });

  it('what stays although the file does not name it', () => {
    const before = current(source('A'), source('B'));
    expect(names(planApply([source('A')], before, KEEP))).toEqual(['unchanged A', 'left B']);
    expect(names(planApply([source('A')], before, PRUNE))).toEqual(['delete B', 'unchanged A']);
  });
});

const follower = (name: string, awaited: string) =>
  source(name, { trigger: { type: 'after', source: awaited } });

describe('the order of a plan', () => {
  it('makes a source before the one that runs after it', () => {
    const file = [follower('C', 'B'), follower('B', 'A'), source('A')];
    expect(names(planApply(file, [], KEEP))).toEqual(['create A', 'create B', 'create C']);
  });

  it('deletes followers first, and last what is awaited until then', () => {
    const before = current(source('A'), follower('B', 'A'), source('C'), follower('D', 'C'));
    expect(names(planApply([source('D')], before, PRUNE))).toEqual([
      'delete B',
      'delete A',
      'update D',
      'delete C',
    ]);
  });

  it('may not be a circle, nor lead to what is not there', () => {
    expect(() => planApply([follower('A', 'B'), follower('B', 'A')], [], KEEP)).toThrow(
      'run after each other',
    );
    expect(() => planApply([follower('A', 'A')], [], KEEP)).toThrow('run after each other');
    expect(() => planApply([follower('A', 'Z')], [], KEEP)).toThrow('A runs after Z, which is not');
    const before = current(source('Z'));
    expect(() => planApply([follower('A', 'Z')], before, PRUNE)).toThrow('would be deleted');
    expect(names(planApply([follower('A', 'Z')], before, KEEP))).toEqual(['create A', 'left Z']);
  });
});
