/** As the service has it (`src/server/auth/auth-library.ts`). */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;

/** From here on a longer password gains little. */
const GOOD = 16;
const STRONG = 22;

export type PasswordLength =
  | { readonly kind: 'short'; readonly more: number }
  | { readonly kind: 'long' }
  | { readonly kind: 'enough' | 'good' | 'strong' };

/**
 * How a new password does. Only its length counts: kinds of characters make it harder to remember, not to
 * guess (NIST SP 800-63B §3.1.1.2).
 */
export function judgePassword(password: string): PasswordLength {
  // As the service counts: in UTF-16 units.
  const { length } = password;
  if (length < SHORTEST_PASSWORD) return { kind: 'short', more: SHORTEST_PASSWORD - length };
  if (length > LONGEST_PASSWORD) return { kind: 'long' };
  if (length < GOOD) return { kind: 'enough' };
  return { kind: length < STRONG ? 'good' : 'strong' };
}
