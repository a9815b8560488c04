import type { ApiDescription, Operation } from '../../src/server/reference/api-description.ts';
import { exampleOf } from '../../src/server/reference/example.ts';
import type { TestServer } from './test-server.ts';

/** One operation of the API, as its own description tells. */
export interface ApiRoute {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export async function describedApi(server: TestServer): Promise<ApiDescription> {
  return (await server.request('GET', '/api/openapi.json', { as: 'nobody' })).json;
}

export function routesOf(api: ApiDescription): ApiRoute[] {
  return Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/** The path with something in each of its places. */
export function fillPath(path: string, value: string): string {
  return path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(value));
}

/** A body as the reference shows it; undefined if the operation takes none. */
export function exampleBody(route: ApiRoute, api: ApiDescription): unknown {
  const schema = route.operation.requestBody?.content['application/json']?.schema;
  return schema === undefined ? undefined : exampleOf(schema, api);
}
