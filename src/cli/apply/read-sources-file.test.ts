import { describe, expect, it } from 'vitest';
import { readDesiredState } from './read-sources-file.ts';

/** `${NAME}`, which linters take for a mistake in a plain text. */
const ref = (name: string) => `\${${name}}`;

const KEYS = `api_key: ${ref('API')}
      secret_key: ${ref('SECRET')}`;

const one = (rest: string, config = 'chart_ids: [abc123]') => `version: 1
sources:
  - name: Marketing
    config:
      ${KEYS}
      ${config}
${rest}`;

const read = (text: string, env: Record<string, string> = {}) =>
  readDesiredState(text, 'sources.yaml', env);

describe('a file of sources', () => {
  it('may say no more than keys and charts', () => {
    const { sources, warnings } = read(one(''));
    expect(warnings).toEqual([]);
    expect(sources).toEqual([
      {
        name: 'Marketing',
        description: '',
        connector: 'amplitude',
        settings: { region: 'us' },
        charts: ['abc123'],
        secrets: { api_key: ref('API'), secret_key: ref('SECRET') },
        trigger: { type: 'manual' },
        paused: false,
        timeLimitMinutes: 180,
        streams: [
          {
            stream: 'chart_abc123',
            selected: true,
            place: { layer: 'raw', folder: null, table: 'chart_abc123', note: '' },
          },
          {
            stream: 'charts_metadata',
            selected: true,
            place: { layer: 'raw', folder: null, table: 'charts_metadata', note: '' },
          },
        ],
      },
    ]);
  });

  it('says where tables go, for all and for each', () => {
    const text = one(`    layer: trusted
    folder: marketing
    prefix: m_
    streams:
      - stream: chart_abc123
        note: What we report.
      - { stream: charts_metadata, layer: raw, folder: null, table: about }
`);
    expect(read(text).sources[0]?.streams.map(({ place }) => place)).toEqual([
      { layer: 'trusted', folder: 'marketing', table: 'm_chart_abc123', note: 'What we report.' },
      { layer: 'raw', folder: null, table: 'about', note: '' },
    ]);
  });

  it('syncs the streams that it lists, and no others', () => {
    const text = one('    streams: [{ stream: chart_abc123 }]\n');
    expect(read(text).sources[0]?.streams).toMatchObject([
      { stream: 'chart_abc123', selected: true },
      { stream: 'charts_metadata', selected: false, place: null },
    ]);
  });

  it('takes charts in every pasted form, and ids that look like numbers', () => {
    const link = 'https://app.amplitude.com/analytics/acme/chart/xyz789';
    const text = one('', `chart_ids: [${link}, 123456, 12e34567, 007, abc123, xyz789]`);
    expect(read(text).sources[0]?.charts).toEqual([
      'xyz789',
      '123456',
      '12e34567',
      '007',
      'abc123',
    ]);
  });

  it('takes times and numbers as they are meant', () => {
    const text = one(`    trigger: { type: daily, time: 06:30, timezone: Europe/Berlin }
    time_limit_minutes: 30
    paused: true
    folder: 2026
`);
    expect(read(text).sources[0]).toMatchObject({
      trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
      timeLimitMinutes: 30,
      paused: true,
      streams: [{ place: { folder: '2026' } }, {}],
    });
  });

  it('may name parts once and use them again', () => {
    const text = `version: 1
sources:
  - name: A
    config: &acme { api_key: "${ref('API')}", secret_key: "${ref('SECRET')}", region: eu, chart_ids: [a] }
  - name: B
    config: { <<: *acme, chart_ids: [b] }
    trigger: { type: after, source: A }
`;
    expect(read(text).sources).toMatchObject([
      { charts: ['a'], settings: { region: 'eu' } },
      { charts: ['b'], settings: { region: 'eu' }, trigger: { type: 'after', source: 'A' } },
    ]);
  });

  it('fills in variables of settings, and leaves those of keys for later', () => {
    const text = one('', `chart_ids: ["${ref('CHART')}"]\n      region: ${ref('REGION')}`);
    expect(read(text, { CHART: 'abc123', REGION: 'eu', API: 'key' }).sources[0]).toMatchObject({
      charts: ['abc123'],
      settings: { region: 'eu' },
      secrets: { api_key: ref('API') },
    });
    expect(() => read(text)).toThrow('The environment has no CHART, REGION.');
  });

  it('is warned about where a key stands in it', () => {
    const text = one('').replace(ref('SECRET'), 'hunter2');
    const { warnings } = read(text);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Marketing: secret_key stands in the file as it is\./);
    expect(warnings[0]).not.toContain('hunter2');
  });

  it.each([
    ['version: 2\nsources: []', 'sources.yaml:1: version must be 1'],
    ['sources: []', 'sources.yaml:1: version must be 1'],
    [
      one('    trigger: { type: daily, time: 6:30, timezone: UTC }'),
      ':8: sources[0].trigger.time is not a time',
    ],
    [one('    colour: red'), ':3: sources[0] Unrecognized key'],
    [one('    streams: [{ stream: chart_zzz }]'), ':8: sources[0].streams[0].stream is no stream'],
    [
      one('', 'chart_ids: [new]'),
      ':7: sources[0].config.chart_ids "new" is a chart that has not been',
    ],
    [one('', 'region: us'), ':4: sources[0].config.chart_ids'],
    [one('    connector: mixpanel'), ':8: sources[0].connector is no connector'],
    [
      `${one('')}\n  - name: Marketing\n    config: { chart_ids: [a] }`,
      ':9: sources[1].name stands there twice',
    ],
    ['version: 1\nsources: [', 'sources.yaml:2:'],
    ['version: 1\nsources: *nothing', 'sources.yaml'],
    ['', 'sources.yaml:1:'],
    ['hello', 'sources.yaml:1:'],
  ])('that cannot be used is told by its line: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });

  it('never quotes a line that may hold a key', () => {
    expect(() => read(one('').replace(ref('SECRET'), '"hunter2'))).toThrow(/^(?!.*hunter2)/s);
  });
});
