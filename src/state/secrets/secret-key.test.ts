import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatKey, parseKey, parseKeySetting, randomKey } from './secret-key.ts';

const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7 + 200));
const hex = bytes.toString('hex');

describe('a key', () => {
  it('is 32 bytes in hex, base64 or base64url, and the same key in each', () => {
    const forms = [
      hex,
      hex.toUpperCase(),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('base64').replace('=', ''),
    ];
    const ids = forms.map((form) => parseKey(form)?.id);
    // sha256 of the bytes, as sha256sum gives it.
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}$/);
    for (const form of forms) expect(parseKey(form)?.key.export()).toEqual(bytes);
  });

  it('is nothing else', () => {
    const others = ['', 'secret', hex.slice(2), `${hex}00`, bytes.toString('base64').slice(4)];
    for (const other of others) expect(parseKey(other)).toBeNull();
  });

  it('comes back from the form of the key file', () => {
    const key = randomKey();
    expect(parseKey(formatKey(key))?.id).toBe(key.id);
  });

  it('does not print', () => {
    const key = parseKey(hex);
    const printed = `${inspect(key, { depth: 9, showHidden: true })} ${JSON.stringify(key)}`;
    expect(printed).not.toContain(hex.slice(0, 8));
    expect(printed).not.toContain(bytes.toString('base64').slice(0, 8));
  });
});

describe('the setting', () => {
  it('names several keys, newest first', () => {
    const [newer, older] = [randomKey(), randomKey()];
    const keys = parseKeySetting(` ${formatKey(newer)} , ${formatKey(older)}`);
    expect(keys.map(({ id }) => id)).toEqual([newer.id, older.id]);
  });

  it('is refused without being repeated', () => {
    expect(() => parseKeySetting('hunter2')).toThrow(
      'CHARTLIFT_SECRET_KEY is not a key: it must be 32 bytes in base64 or hex.',
    );
    expect(() => parseKeySetting(`${hex},hunter2`)).toThrow(
      'CHARTLIFT_SECRET_KEY, key 2 of 2, is not a key: it must be 32 bytes in base64 or hex.',
    );
    expect(() => parseKeySetting(`${hex},`)).toThrow('key 2 of 2');
  });
});
