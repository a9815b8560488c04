import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { ChartliftError } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

/**
 * Answers with an error if nothing has answered within `ms`. Streams may go on after they have begun.
 *
 * @throws {ChartliftError} `interrupted`
 */
export function answersWithin(ms: number): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (_c, next) => {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(tookTooLong(ms)), ms);
    timer.unref();
    try {
      await Promise.race([next(), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  });
}

function tookTooLong(ms: number): ChartliftError {
  return new ChartliftError(
    'interrupted',
    `The request took more than ${ms / 1000} seconds.`,
    'Try again; if it goes on, the log of the service says what it was waiting for.',
  );
}
