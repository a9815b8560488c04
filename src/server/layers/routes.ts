import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { LayerListing, Tables } from '../../service/tables.ts';
import type { AppEnv } from '../app-env.ts';
import { audited } from '../audited.ts';
import { defineRoute, jsonBody } from '../define-route.ts';
import { layerName, layerSchema, newLayerSchema } from './schema.ts';

const layerParam = z.object({ layer: layerName });

const allLayers = {
  description: 'All layers.',
  content: jsonBody(z.object({ items: z.array(layerSchema) })),
};

const listLayers = defineRoute('viewer', {
  method: 'get',
  path: '/layers',
  operationId: 'listLayers',
  tags: ['layers'],
  summary: 'List the layers',
  description: 'With their folders, and how many tables each holds.',
  responses: { 200: allLayers },
});

const createLayer = defineRoute('editor', {
  method: 'post',
  path: '/layers',
  operationId: 'createLayer',
  tags: ['layers'],
  summary: 'Add a layer',
  request: { body: { required: true, content: jsonBody(newLayerSchema) } },
  responses: { 201: allLayers },
});

const renameLayer = defineRoute('editor', {
  method: 'patch',
  path: '/layers/{layer}',
  operationId: 'renameLayer',
  tags: ['layers'],
  summary: 'Rename a layer',
  description:
    'Its tables, and the streams that write them, go along; queries must use the new name.',
  request: { params: layerParam, body: { required: true, content: jsonBody(newLayerSchema) } },
  responses: { 200: allLayers },
});

const removeLayer = defineRoute('editor', {
  method: 'delete',
  path: '/layers/{layer}',
  operationId: 'removeLayer',
  tags: ['layers'],
  summary: 'Remove a layer',
  description: 'Only one that holds no table, and that no stream writes into.',
  request: { params: layerParam },
  responses: { 200: allLayers },
});

/** The layers of the catalog. */
export function layerRoutes({ tables }: { readonly tables: Tables }) {
  const answer = async () => ({ items: (await tables.layers()).map(presentLayer) });
  return new OpenAPIHono<AppEnv>()
    .openapi(listLayers, async (c) => c.json(await answer(), 200))
    .openapi(createLayer, async (c) => {
      const { name } = c.req.valid('json');
      await tables.addLayer(name);
      await audited(c, 'layer.created', { type: 'layer', id: name, name });
      return c.json(await answer(), 201);
    })
    .openapi(renameLayer, async (c) => {
      const { layer } = c.req.valid('param');
      const { name } = c.req.valid('json');
      await tables.renameLayer(layer, name);
      await audited(c, 'layer.renamed', { type: 'layer', id: name, name }, { before: layer });
      return c.json(await answer(), 200);
    })
    .openapi(removeLayer, async (c) => {
      const { layer } = c.req.valid('param');
      await tables.removeLayer(layer);
      await audited(c, 'layer.removed', { type: 'layer', id: layer, name: layer });
      return c.json(await answer(), 200);
    });
}

function presentLayer({ name, tables, folders }: LayerListing): z.output<typeof layerSchema> {
  const words = name.replaceAll('_', ' ').trim();
  return {
    name,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    tables,
    folders: [...folders],
  };
}
