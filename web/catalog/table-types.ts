import type { InferResponseType } from 'hono/client';
import type { api } from '../api/client.ts';

type OneTable = (typeof api.tables)[':layer'][':name'];

/** A table with its columns, as the API tells it. */
export type TableDetail = InferResponseType<OneTable['$get'], 200>;
/** One version of it. */
export type TableVersion = InferResponseType<OneTable['versions']['$get'], 200>['items'][number];
