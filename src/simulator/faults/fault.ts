import { z } from 'zod';

const times = z.int().positive().optional().describe('the next N answers only; all unless given');

/** What can go wrong with an answer, and how often. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.literal([500, 502, 503, 504]),
    times,
  }),
  z.strictObject({
    kind: z.literal('rate_limited'),
    retryAfterSeconds: z.int().nonnegative().optional(),
    times,
  }),
  z.strictObject({ kind: z.literal('hang'), times }).describe('no answer, ever'),
  z.strictObject({ kind: z.literal('reset'), times }).describe('a connection reset, no answer'),
  z.strictObject({ kind: z.literal('cut'), times }).describe('half of the promised body'),
  z.strictObject({
    kind: z.literal('drip'),
    bytes: z.int().positive().optional().describe('in one drop; 16 unless given'),
    everyMs: z.int().nonnegative().optional().describe('250 unless given'),
    times,
  }),
  z.strictObject({ kind: z.literal('html'), times }).describe('a web page with status 200'),
  z
    .strictObject({ kind: z.literal('broken_json'), times })
    .describe('ends before its closing quote'),
  z.strictObject({ kind: z.literal('invalid_utf8'), times }),
  z.strictObject({
    kind: z.literal('redirect'),
    location: z.string().optional().describe('`/login` unless given'),
    times,
  }),
  z.strictObject({
    kind: z.literal('oversized'),
    bytes: z.int().positive().optional().describe('2 ** 30 unless given'),
    times,
  }),
  z.strictObject({
    kind: z.literal('zip_bomb'),
    bytes: z.int().positive().optional().describe('once inflated; 2 ** 31 unless given'),
    times,
  }),
]);

export type Fault = Readonly<z.infer<typeof faultSchema>>;
