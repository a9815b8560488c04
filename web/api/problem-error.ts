import type { Problem } from '../../src/server/problem.ts';
import { words } from '../words/problems.ts';

/** The service refused, or could not do, what was asked. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** Whether somebody has to sign in (again). */
  get isSignedOut(): boolean {
    return this.problem.status === 401;
  }
}

/** The service did not answer: it is down, or the network is. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';

  constructor(cause: unknown) {
    super(words.unreachable, { cause });
  }
}

/** The problem that an answer holds; one made up of its status if something else answered. */
export async function readProblem(response: {
  readonly status: number;
  json(): Promise<unknown>;
}): Promise<Problem> {
  const body = await response.json().catch(() => null);
  return isProblem(body) ? body : strangeAnswer(response.status);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;
}

function strangeAnswer(status: number): Problem {
  return {
    type: 'about:blank',
    title: words.strange,
    status,
    detail: words.strangeDetail(status),
    code: 'internal',
    help: words.strangeHelp,
    issues: [],
    place: null,
    request_id: '',
  };
}

/** The message for one field, by its path in the request (`['streams', 2, 'table']`). */
export function fieldMessage(
  error: unknown,
  ...path: readonly (string | number)[]
): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.issues.find(
    (issue) =>
      issue.path.length === path.length && issue.path.every((part, at) => part === path[at]),
  )?.message;
}
