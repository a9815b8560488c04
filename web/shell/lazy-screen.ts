import { lazyRouteComponent } from '@tanstack/react-router';
import { NetworkFailure } from '../api/problem-error.ts';
import { answers, reachability } from '../api/reachability.ts';

/**
 * A screen whose code is loaded when it is opened. If the code cannot be had because the service does not
 * answer, the screen says so and can be tried again; the router by itself would reload the page, and lose
 * what is typed. It still does where the service answers without the code: it has been updated.
 */
export const lazyScreen: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch(async (error: unknown) => {
        if (await answers()) throw error;
        reachability.lost();
        throw new NetworkFailure(error);
      }),
    name,
  );
