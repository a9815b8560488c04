import { describe, expect, it } from 'vitest';
import { exportSources } from './export-file.ts';
import type { CurrentSource } from './plan-step.ts';

const SECRETS = new Map([['amplitude', ['api_key', 'secret_key']]]);

const source = (name: string, changes: Partial<CurrentSource> = {}): CurrentSource => ({
  id: `src_${name}`,
  name,
  description: 'What marketing reports from',
  connector: 'amplitude',
  config: { region: 'us', chart_ids: ['abc123', '123456'] },
  trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
  paused: false,
  time_limit_minutes: 180,
  revision: 3,
  streams: [
    {
      name: 'chart_abc123',
      title: 'Daily buyers',
      selected: true,
      layer: 'raw',
      folder: 'marketing',
      table: 'daily_buyers',
      sync_mode: 'FULL_TABLE',
      note: 'The number of the weekly report.',
    },
  ],
  ...changes,
});

describe('an export', () => {
  it('is a file that people can read', () => {
    expect(exportSources([source('Marketing')], SECRETS)).toBe(
      `# Sources of chartlift: "chartlift apply" with this file makes a service like it.
# Keys stand here as the names of environment variables, never as themselves.

version: 1
sources:
  - name: Marketing
    description: What marketing reports from
    connector: amplitude
    config:
      api_key: \${AMPLITUDE_API_KEY}
      secret_key: \${AMPLITUDE_SECRET_KEY}
      region: us
      chart_ids:
        - abc123
        - "123456"
    trigger:
      type: daily
      time: 06:30
      timezone: Europe/Berlin
    time_limit_minutes: 180
    streams:
      - stream: chart_abc123
        layer: raw
        folder: marketing
        table: daily_buyers
        note: The number of the weekly report.
`,
    );
  });

  it('of several sources names the keys of each, and sorts them by name', () => {
    const names = ['Märkte (EU)', '2026', 'Markte EU', '広告'];
    const text = exportSources(
      names.map((name) => source(name)),
      SECRETS,
    );
    expect([...text.matchAll(/\{(\w+)_API_KEY\}/g)].map(([, name]) => name)).toEqual([
      'SOURCE_2026',
      'MARKTE_EU',
      'MARKTE_EU_2',
      'SOURCE',
    ]);
  });

  it('keeps the names that an earlier file had', () => {
    const known = new Map([['Marketing', { api_key: '\u0024{ACME_KEY}' }]]);
    const text = exportSources([source('Marketing')], SECRETS, known);
    expect(text).toMatch(/api_key: \$\{ACME_KEY\}\n +secret_key: \$\{AMPLITUDE_SECRET_KEY\}/);
  });
});
