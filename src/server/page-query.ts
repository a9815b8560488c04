import { z } from '@hono/zod-openapi';
import type { Page } from '../state/page.ts';

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

/** `{id}` in a path. */
export const idParam = z.object({ id: z.string().min(1).max(200) });

/** A time in an answer. */
export const timeSchema = z.string().meta({
  format: 'date-time',
  description: 'A time, ISO 8601 in UTC.',
  example: '2026-01-31T06:30:00.000Z',
});
