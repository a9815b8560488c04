import { z } from '@hono/zod-openapi';

export const layerName = z.string().min(1).max(128).meta({ example: 'raw' });

export const layerSchema = z
  .object({
    name: layerName.meta({ description: 'As in SQL: `layer.table`.' }),
    title: z.string().meta({ description: 'For people.', example: 'Raw' }),
    tables: z.int().meta({ description: 'How many it holds.' }),
    folders: z.array(z.string()),
  })
  .meta({ id: 'Layer' });

export const newLayerSchema = z.strictObject({ name: layerName }).meta({ id: 'NewLayer' });
