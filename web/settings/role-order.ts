import type { Role } from '../../src/state/actor.ts';

/** As the service has them (`src/state/actor.ts`): each may do what those before it may. */
export const ROLES = ['viewer', 'editor', 'admin'] as const satisfies readonly Role[];

/** Whether `role` may do more than `other`. */
export function isAbove(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) > ROLES.indexOf(other);
}
