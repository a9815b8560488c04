import { z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import type { JSONParsed } from 'hono/utils/types';
import type { Page } from '../state/page.ts';
import type { AppContext } from './app-env.ts';

/** The query of every list: spread it beside a noun's own filters. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'How many at most.' }),
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: '`next_cursor` of the page before; absent for the first page.' }),
};

/** A page of a list, as the API shows it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  });
}

/** A page of a list, as the API shows it. */
export function presentPage<Item, Shown>(
  page: Page<Item>,
  present: (item: Item) => Shown,
): { items: Shown[]; next_cursor: string | null } {
  return { items: page.items.map(present), next_cursor: page.nextCursor };
}

/** The JSON of a value of a type. */
export type Json<Value> = string & { readonly [VALUE]?: Value };
declare const VALUE: unique symbol;

/** JSON of values that do not change, made once for each of them. */
export function keptJson<Item extends object, Shown>(
  present: (item: Item) => Shown,
): (item: Item) => Json<Shown> {
  const kept = new WeakMap<Item, Json<Shown>>();
  return (item) => {
    const known = kept.get(item);
    if (known !== undefined) return known;
    const json = JSON.stringify(present(item));
    kept.set(item, json);
    return json;
  };
}

/** Answers with a page whose items are JSON already: `c.json` would write them anew for each request. */
export function answerPage<Item, Shown>(
  c: AppContext,
  { items, nextCursor }: Page<Item>,
  json: (item: Item) => Json<Shown>,
): TypedResponse<JSONParsed<{ items: Shown[]; next_cursor: string | null }>, 200, 'json'> {
  const text = `{"items":[${items.map(json).join(',')}],"next_cursor":${JSON.stringify(nextCursor)}}`;
  // Hono types what it writes as JSON itself, and has no name for JSON that is there.
  return c.body(text, 200, { 'Content-Type': 'application/json' }) as never;
}

/** `{id}` in a path. */
export const idParam = z.object({ id: z.string().min(1).max(200) });

/** A time in an answer. */
export const timeSchema = z.string().meta({
  format: 'date-time',
  description: 'A time, ISO 8601 in UTC.',
  example: '2026-01-31T06:30:00.000Z',
});
