/**
 * Runs acts one after the other, so that what one checked still holds when it acts
 * (one process serves a home, see `state/instance-lock.ts`).
 */
export class OneAtATime {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(act, act);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
