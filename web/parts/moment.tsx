import { useEffect, useState } from 'react';
import { words } from '../words/times.ts';
import { Hint } from './hint.tsx';

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const short = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
/** The zone in which all times of a reader are shown: their own. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How often a time that is said is said anew, in ms: no unit is smaller than a minute. */
const TICK_MS = 30_000;

/**
 * When something happened, as people say it ("3 minutes ago"), kept current, with the exact time on hover. It
 * is never ahead, even if the service's clock is.
 */
export function Ago({ at }: { readonly at: string }) {
  const now = useNow();
  return <Exact at={at} text={sayAgo(Math.min(Date.parse(at), now), now)} />;
}

/** When something is to happen ("in 2 hours"); the rest as {@link Ago}. */
export function Ahead({ at }: { readonly at: string }) {
  const now = useNow();
  return <Exact at={at} text={sayAgo(Date.parse(at), now)} />;
}

/** A date and time in the reader's locale and zone, with the exact one on hover. */
export function Moment({ at }: { readonly at: string }) {
  return <Exact at={at} text={short.format(new Date(at))} />;
}

/**
 * How far `at` is from `now`, both in ms since 1970: "in 2 hours", "yesterday". Seconds are not counted: what
 * is read should not change meanwhile.
 */
export function sayAgo(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
  }
  return seconds > 0 ? words.soon : words.justNow;
}

/** What a time is called, with the exact one on hover. */
export function Exact({ at, text }: { readonly at: string; readonly text: string }) {
  return (
    <Hint label={words.exact(exact.format(new Date(at)), ZONE)}>
      <time dateTime={at} className="figures">
        {text}
      </time>
    </Hint>
  );
}

/** The time now, in ms. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
