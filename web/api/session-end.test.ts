import { describe, expect, it } from 'vitest';
import { SessionEnd } from './session-end.ts';

describe('SessionEnd', () => {
  it('has not ended where nobody was ever signed in', () => {
    const session = new SessionEnd();
    session.announce();
    expect(session.hasEnded()).toBe(false);
  });

  it('stays ended while somebody goes from screen to screen, until they sign in', () => {
    const session = new SessionEnd();
    session.enter();
    session.announce();
    session.enter();
    expect(session.hasEnded()).toBe(true);
    session.begin();
    expect(session.hasEnded()).toBe(false);
  });

  it('lets those go on who wait, once somebody has signed in again', async () => {
    const session = new SessionEnd();
    session.begin();
    session.announce();
    const waited = Promise.all([session.untilBegun(), session.untilBegun()]);
    session.begin();
    await expect(waited).resolves.toEqual([true, true]);
  });

  it('tells those who wait that nobody will sign in', async () => {
    const session = new SessionEnd();
    session.begin();
    session.announce();
    const waited = session.untilBegun();
    session.leave();
    await expect(waited).resolves.toBe(false);
  });

  it('lets whoever does not want to wait any more go', async () => {
    const session = new SessionEnd();
    session.begin();
    session.announce();
    const gone = new AbortController();
    const waited = session.untilBegun(gone.signal);
    gone.abort(new DOMException('The screen is gone.', 'AbortError'));
    await expect(waited).rejects.toThrow('The screen is gone.');
  });
});
