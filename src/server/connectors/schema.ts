import { z } from '@hono/zod-openapi';

const fieldSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().meta({ description: 'Where to find it.' }),
  type: z.enum(['text', 'choice', 'list']),
  secret: z.boolean().meta({ description: 'Write-only: it is never given out again.' }),
  required: z.boolean(),
  choices: z.array(z.string()),
  default: z.string().nullable(),
});

export const connectorSchema = z
  .object({
    name: z.string().meta({ example: 'amplitude' }),
    title: z.string().meta({ example: 'Amplitude' }),
    fields: z.array(fieldSchema).meta({ description: 'What a source of it needs, in order.' }),
    json_schema: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The same as JSON Schema, for `config` of a validation.' }),
  })
  .meta({ id: 'Connector', description: 'A kind of source.' });
