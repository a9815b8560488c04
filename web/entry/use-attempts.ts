import type { ClientResponse } from 'hono/client';
import type { StatusCode } from 'hono/utils/http-status';
import { useEffect, useState } from 'react';
import { read } from '../api/client.ts';
import { ProblemError } from '../api/problem-error.ts';

/** If an answer does not say how long to wait, in s. */
const WAIT_SECONDS = 60;

/** What the service limits, because it could be guessing: it says for how long nobody may try again. */
export function useAttempts() {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(Date.now);
  const isWaiting = until > now;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isWaiting]);

  /** As `read`, and notes the wait if there were too many attempts. */
  async function attempt<Answer extends ClientResponse<unknown, StatusCode, string>>(
    asked: Promise<Answer>,
  ) {
    try {
      return await read(asked);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 429) {
        const seconds = Number((await asked).headers.get('Retry-After') ?? WAIT_SECONDS);
        setNow(Date.now());
        setUntil(Date.now() + seconds * 1_000);
      }
      throw error;
    }
  }

  return { attempt, waitMs: Math.max(0, until - now), forget: () => setUntil(0) };
}
