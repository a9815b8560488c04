const DAY_MS = 24 * 60 * 60 * 1000;
/** Long enough to replace it before it ends. */
const SOON_MS = 7 * DAY_MS;

export type TokenState = 'works' | 'soon' | 'expired' | 'revoked';

/** Whether a token works; `now` in ms since 1970. */
export function tokenState(
  token: { readonly expires_at: string | null; readonly revoked_at: string | null },
  now: number,
): TokenState {
  if (token.revoked_at !== null) return 'revoked';
  if (token.expires_at === null) return 'works';
  const leftMs = Date.parse(token.expires_at) - now;
  if (leftMs <= 0) return 'expired';
  return leftMs < SOON_MS ? 'soon' : 'works';
}

/** How long a new token can work, in days; the service takes up to ten years. */
export const EXPIRIES = ['30', '90', '365', 'never', 'custom'] as const;
export type Expiry = (typeof EXPIRIES)[number];
export const MOST_DAYS = 3650;

/** The days that a choice means: null for good, undefined if what was typed is no such number. */
export function daysOf(expiry: Expiry, custom: string | number): number | null | undefined {
  if (expiry === 'never') return null;
  if (expiry !== 'custom') return Number(expiry);
  const days = Number(custom);
  return Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : undefined;
}

/** When a token that is made now ends. */
export function endOf(days: number, now: number): string {
  return new Date(now + days * DAY_MS).toISOString();
}
