import { z } from 'zod';
import { parseChartList } from './chart-link.ts';
import { Secret } from './secret.ts';

/** A secret as it is given: a text; inside chartlift it never prints. */
const secret = z
  .string()
  .trim()
  .min(1, 'is empty')
  .transform((text) => new Secret(text));

/** Charts as people paste them: ids or addresses, one a text or many in one (DESIGN §3). */
const charts = z
  .union([z.string(), z.array(z.string())])
  .transform((pasted, context): readonly string[] => {
    const { ids, problems } = parseChartList([pasted].flat().join('\n'));
    for (const { input, reason, hint } of problems) {
      context.addIssue({ code: 'custom', message: `${JSON.stringify(input)} ${reason}. ${hint}` });
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
    description: 'Where the project lives: us, or eu for Amplitude\u2019s data center in the EU.',
  }),
  chart_ids: charts.meta({
    title: 'Chart IDs',
    description:
      'Ids or addresses of saved charts. The id is what follows /chart/ in the address of the chart, or its id parameter.',
  }),
});

export type AmplitudeConfig = z.output<typeof amplitudeSpec>;
