import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openText, sealedKeyId, sealedPrefix, sealText } from './sealed-text.ts';
import { randomKey } from './secret-key.ts';

const key = randomKey();
const text = () => fc.string({ unit: 'binary' }).filter((each) => each.isWellFormed());
const unreadable = expect.objectContaining({ code: 'secrets_unreadable' });

describe('a sealed text', () => {
  it('opens with its key and context, whatever it says', () => {
    fc.assert(
      fc.property(text(), text(), (plain, context) => {
        expect(openText(sealText(plain, context, key), context, key)).toBe(plain);
      }),
    );
  });

  it('opens for no other context', () => {
    fc.assert(
      fc.property(text(), text(), text(), (plain, context, other) => {
        fc.pre(context !== other);
        expect(() => openText(sealText(plain, context, key), other, key)).toThrow(unreadable);
      }),
    );
  });

  it('opens with no other key, even if that claims the same id', () => {
    const sealed = sealText('plain', 'src_1', key);
    expect(() => openText(sealed, 'src_1', randomKey())).toThrow(unreadable);
    expect(() => openText(sealed, 'src_1', { ...randomKey(), id: key.id })).toThrow(unreadable);
  });

  it('does not open when any character is another one', () => {
    const sealed = sealText('a secret of some length', 'src_1', key);
    for (let at = 0; at < sealed.length; at += 1) {
      for (const other of ['A', 'B', '7', '-', '.', '\n', ' ']) {
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        if (changed === sealed) continue;
        expect(() => openText(changed, 'src_1', key), `${at} ${other}`).toThrow(unreadable);
      }
    }
  });

  it('does not open when something is cut off or added', () => {
    const sealed = sealText('plain', 'src_1', key);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openText(sealed.slice(0, length), 'src_1', key)).toThrow(unreadable);
    }
    for (const more of ['A', '=', '\n', 'AAAA']) {
      expect(() => openText(sealed + more, 'src_1', key)).toThrow(unreadable);
    }
  });

  it('does not open under the id of another key', () => {
    const other = randomKey();
    const sealed = sealText('plain', 'src_1', key);
    const renamed = sealed.replace(key.id, other.id);
    expect(() => openText(renamed, 'src_1', { ...key, id: other.id })).toThrow(unreadable);
  });

  it('is never the same twice, tells its key, and nothing of its text', () => {
    const sealed = Array.from({ length: 1000 }, () => sealText('plain', 'src_1', key));
    expect(new Set(sealed).size).toBe(1000);
    expect(new Set(sealed.map((each) => each.split('.')[2])).size).toBe(1000);
    const [first = ''] = sealed;
    expect(first).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/);
    expect(sealedKeyId(first)).toBe(key.id);
    expect(first.startsWith(sealedPrefix(key.id))).toBe(true);
    expect(first).not.toContain(Buffer.from('plain').toString('base64url').slice(0, 5));
  });

  it('says what to do when it does not open, and nothing of what is in it', () => {
    const sealed = sealText('hunter2', 'src_1', key);
    expect(() => openText(sealed, 'src_2', key)).toThrow(
      `The stored credentials of src_2 cannot be opened with key ${key.id}: they were changed, or sealed for something else.`,
    );
    expect(() => sealedKeyId('hunter2')).toThrow(
      'Stored credentials are not in the form in which chartlift seals them.',
    );
  });
});
