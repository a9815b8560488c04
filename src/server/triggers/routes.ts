import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Sources } from '../../service/sources.ts';
import { triggerSchema } from '../../state/trigger.ts';
import type { AppEnv } from '../app-env.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { timeSchema } from '../page-query.ts';
import { warningSchema } from '../validations/schema.ts';

const previewTrigger = defineRoute(
  'viewer',
  {
    method: 'post',
    path: '/triggers/preview',
    operationId: 'previewTrigger',
    tags: ['triggers'],
    summary: 'See what a trigger means before it is saved',
    description: 'In words, with the next five runs and what to consider.',
    request: {
      body: {
        required: true,
        content: jsonBody(
          z
            .strictObject({
              trigger: triggerSchema,
              source_id: z.string().max(200).optional(),
              validation_id: z.string().max(200).optional().meta({
                description: 'Warns where the source computes its charts less often.',
              }),
            })
            .meta({ id: 'TriggerPreviewRequest' }),
        ),
      },
    },
    responses: {
      200: {
        description: 'What it means.',
        content: jsonBody(
          z
            .object({
              description: z.string().meta({ example: 'Every day at 06:30, Europe/Berlin' }),
              next_runs: z.array(timeSchema),
              warnings: z.array(warningSchema),
            })
            .meta({ id: 'TriggerPreview' }),
        ),
      },
    },
  },
  { changes: false },
);

/** When sources run. */
export function triggerRoutes({ sources }: { readonly sources: Sources }) {
  return new OpenAPIHono<AppEnv>().openapi(previewTrigger, async (c) => {
    const { trigger, source_id: sourceId, validation_id: validationId } = c.req.valid('json');
    const advice = await sources.advise(trigger, { sourceId, validationId });
    return c.json(
      {
        description: advice.description,
        next_runs: advice.nextRuns.map((at) => new Date(at).toISOString()),
        warnings: [...advice.warnings],
      },
      200,
    );
  });
}
