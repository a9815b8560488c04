/** What somebody may do; each role may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who did or asked for something: a person, a program with a token, or the service itself. */
export interface Actor {
  readonly type: 'user' | 'token' | 'system';
  /** The id of the user or token; for the system, what of it acted, such as `schedule`. */
  readonly id: string;
  /** For people: a name or an address. */
  readonly name: string;
}

/** Whether `role` includes what `needed` may do. */
export function includesRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
