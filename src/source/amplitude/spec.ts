import { z } from 'zod';
import { parseChartList } from './chart-link.ts';
import { Secret } from './secret.ts';

/** A secret as it is given: a text; inside chartlift it never prints. */
const secret = z
  .string()
  .trim()
  .min(1, 'is empty')
  .transform((text) => new Secret(text));

/** As many streams as a request can choose; a pasted list of words must not become as many requests. */
const MOST_CHARTS = 1_000;

/** Nobody reads more of them at once, and each is longer than what it is about. */
const MOST_PROBLEMS = 50;

/** Charts as people paste them: ids or addresses, one a text or many in one (DESIGN §3). */
const charts = z
  .union([z.string(), z.array(z.string())])
  .transform((pasted, context): readonly string[] => {
    const { ids, problems } = parseChartList([pasted].flat().join('\n'));
    for (const { input, reason, hint } of problems.slice(0, MOST_PROBLEMS)) {
      context.addIssue({ code: 'custom', message: `${JSON.stringify(input)} ${reason}. ${hint}` });
    }
    if (problems.length > MOST_PROBLEMS) {
      const rest = problems.length - MOST_PROBLEMS;
      context.addIssue({ code: 'custom', message: `has ${rest} more parts that name no chart` });
    }
    if (ids.length > MOST_CHARTS) {
      const message = `names ${ids.length} charts; ${MOST_CHARTS} are the most for one source. Make several sources of them`;
      context.addIssue({ code: 'custom', message });
    }
    if (ids.length === 0 && problems.length === 0) {
      context.addIssue({ code: 'custom', message: 'names no chart' });
    }
    return ids;
  });

/** What a user configures; the words are those of the source document, step 1. */
export const amplitudeSpec = z.strictObject({
  api_key: secret.meta({
    title: 'API Key',
    description: 'In Amplitude: Settings (gear icon) > Organization settings > API Keys.',
    secret: true,
  }),
  secret_key: secret.meta({
    title: 'Secret Key',
    description:
      'In Amplitude: Settings > Projects > your project > General > Secret key. It belongs to one project.',
    secret: true,
  }),
  region: z.enum(['us', 'eu']).default('us').meta({
    title: 'Region',
    description: 'Where the project lives: US, or EU for Amplitude\u2019s data center in the EU.',
  }),
  chart_ids: charts.meta({
    title: 'Chart IDs',
    description:
      'IDs or addresses of saved charts. The ID is what follows /chart/ in the address of the chart, or its id parameter.',
  }),
});

export type AmplitudeConfig = z.output<typeof amplitudeSpec>;
