import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Logger } from '../logger.ts';
import type { Actor, Role } from '../state/actor.ts';
import type { Services } from './services.ts';

/** Who asks, once their session or token has been checked. */
export interface Principal {
  readonly actor: Actor;
  readonly role: Role;
  /** The user who answers for it; `environment` for the token of the environment. */
  readonly userId: string;
  /** How they proved it: a browser's session, a token from the store, or the token of the environment. */
  readonly by: 'session' | 'token' | 'environment';
}

/** What handlers and middleware find in Hono's context. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    /** Stands in the answer's `X-Request-Id`, in the log and in the audit trail. */
    requestId: string;
    /** Writes the request's id on each line. */
    logger: Logger;
    /** Address of whoever asks, as far as it can be trusted. */
    clientAddress: string;
    /** Null if nobody has signed in. */
    principal: Principal | null;
    /** Whether the one who asked would be let in again by now. */
    isStillKnown: () => Promise<boolean>;
    /** Cookies that keep the session alive. */
    sessionCookies: readonly string[];
    /** Set behind {@link requires}: who asks. */
    actor: Actor;
    /** Set behind {@link requires}: what they may do. */
    role: Role;
    services: Services;
    /** Whether the handler has written the change into the audit trail. */
    wasAudited: boolean;
  };
}

export type AppContext = Context<AppEnv>;
