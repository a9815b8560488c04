import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../errors.ts';
import { includesRole, type Role } from '../state/actor.ts';
import type { AppEnv } from './app-env.ts';

/** Who may use a route: people and programs of a role and those above it, or `anyone`, signed in or not. */
export type Access = Role | 'anyone';

/**
 * Lets a request pass whose sender has at least `access`, and sets `actor` and `role` for what comes after.
 *
 * @throws {ChartliftError} `sign_in_needed`, `forbidden`
 */
export function requires(access: Access) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const principal = c.get('principal');
    if (principal) {
      c.set('actor', principal.actor);
      c.set('role', principal.role);
    }
    if (access !== 'anyone') {
      if (!principal) throw signInNeeded();
      if (!includesRole(principal.role, access)) throw roleNeeded(access, principal.role);
    }
    await next();
  });
}

function signInNeeded(): ChartliftError {
  return new ChartliftError(
    'sign_in_needed',
    'This needs somebody who has signed in.',
    'Sign in, or send a token: Authorization: Bearer cl_…',
  );
}

function roleNeeded(needed: Role, role: Role): ChartliftError {
  return new ChartliftError(
    'forbidden',
    `This needs the role ${needed}; yours is ${role}.`,
    'Ask an administrator of this installation.',
  );
}
