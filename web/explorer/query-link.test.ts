import { describe, expect, it } from 'vitest';
import { fromHash, toHash } from './query-link.ts';

describe('a link to a query', () => {
  it.each(['SELECT 1', "SELECT 'ü 🎟 \"?&#+%'\nFROM raw.a -- ≥", 'x'.repeat(20_000), '???>>>'])(
    'gives back what it was made of',
    (query) => {
      const hash = toHash(query);
      expect(hash).toMatch(/^q=[A-Za-z0-9_-]+$/);
      expect(fromHash(hash)).toBe(query);
      expect(fromHash(`#${hash}`)).toBe(query);
    },
  );

  it.each(['', '#', 'content', 'q=', 'q=%%%', 'q=A', 'q=_____w', 'p=U0VMRUNU'])(
    'that cannot be read is none: %j',
    (hash) => {
      expect(fromHash(hash)).toBeNull();
    },
  );
});
