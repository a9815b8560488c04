import { z } from 'zod';

/** The one envelope of Dashboard REST errors (reference §2). Every part of it has been seen missing. */
const errorEnvelope = z.object({
  error: z.object({
    message: z.string().optional(),
    metadata: z.object({ details: z.string().optional() }).optional(),
  }),
});

/** What Amplitude writes where it has nothing to say (reference §2, the 429). */
const SAYS_NOTHING = 'Unspecified Error';

/** Characters of Amplitude's own words that are quoted in an error. */
const MAX_QUOTED = 200;

/**
 * Amplitude's own words for what went wrong, in one line, or null if the body holds none: an HTML
 * page, JSON of another shape, or nothing at all.
 */
export function readErrorDetails(body: string): string | null {
  const parsed = errorEnvelope.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { message, metadata } = parsed.data.error;
  const words = metadata?.details ?? (message === SAYS_NOTHING ? undefined : message);
  const line = (words ?? '').replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  return line === '' ? null : line.slice(0, MAX_QUOTED);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an expected answer here: proxies and unknown paths give HTML pages.
    return null;
  }
}
