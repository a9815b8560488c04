import { useRef } from 'react';
import { NetworkFailure } from '../../api/problem-error.ts';

/**
 * A key for each thing that somebody wants to be done once. The same request that got no answer is sent again with
 * the same key, so that nothing is done twice; one that got an answer is over, whatever the answer.
 */
export function useIntentKey() {
  const intent = useRef<{ readonly request: string; readonly key: string } | null>(null);
  return async function send<Answer>(
    body: unknown,
    ask: (key: string) => Promise<Answer>,
  ): Promise<Answer> {
    const request = JSON.stringify(body);
    if (intent.current?.request !== request) {
      intent.current = { request, key: crypto.randomUUID() };
    }
    try {
      const answer = await ask(intent.current.key);
      intent.current = null;
      return answer;
    } catch (error) {
      if (!(error instanceof NetworkFailure)) intent.current = null;
      throw error;
    }
  };
}
