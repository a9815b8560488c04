import { randomBytes } from 'node:crypto';

/** A new run's id: sorts by time (UTC), and is short enough to read aloud: `20260601-140309-4f2a91`. */
export function newRunId(): string {
  const time = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${time}-${randomBytes(3).toString('hex')}`;
}
