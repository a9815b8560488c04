import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newFileKey, readKeyFile, replaceKeyFile } from '../../src/state/secrets/key-file.ts';
import { openKeyring } from '../../src/state/secrets/keyring.ts';
import { temporaryDirectory } from '../sync/lake-fixture.ts';

const unreadable = expect.objectContaining({ code: 'secrets_unreadable' });

async function newHome(): Promise<string> {
  return join(await temporaryDirectory(), 'home');
}

const keyText = () => randomBytes(32).toString('base64');

/** A process that opens a keyring once its standard input says so. */
function startOpener(home: string) {
  const script = join(import.meta.dirname, 'children', 'open-keyring.ts');
  const child = spawn(process.execPath, [script, home], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answer = text(child.stdout).then((printed) => JSON.parse(printed.replace('ready\n', '')));
  return { child, answer };
}

describe('the key file', () => {
  it('is made at the first start, for its owner alone', async () => {
    const home = await newHome();
    const keyring = await openKeyring({ home });
    expect(await readdir(home)).toEqual(['secret.key']);
    expect((await stat(join(home, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    const { current, inFile, inSetting } = keyring.keyIds();
    expect(inFile).toEqual([current]);
    expect(inSetting).toEqual([]);
  });

  it('serves the next start', async () => {
    const home = await newHome();
    const first = await openKeyring({ home });
    const sealed = first.seal('plain', 'src_1');
    const next = await openKeyring({ home });
    expect(next.open(sealed, 'src_1')).toBe('plain');
    expect(next.fingerprint('a')).toBe(first.fingerprint('a'));
    expect(next.keyIdOf(sealed)).toBe(next.keyIds().current);
  });

  it('is made once when processes start at the same time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const home = await newHome();
      const openers = Array.from({ length: 4 }, () => startOpener(home));
      await Promise.all(openers.map(({ child }) => once(child.stdout, 'data')));
      for (const { child } of openers) child.stdin.end('now');
      const answers = await Promise.all(openers.map(({ answer }) => answer));
      const keyring = await openKeyring({ home });
      for (const { sealed, fingerprint } of answers) {
        expect(keyring.open(sealed, 'src_1')).toBe('plain');
        expect(fingerprint).toBe(keyring.fingerprint('a'));
      }
      expect(await readdir(home)).toEqual(['secret.key']);
    }
  });

  it.skipIf(process.platform === 'win32')('is refused when others may read it', async () => {
    const home = await newHome();
    await openKeyring({ home });
    const path = join(home, 'secret.key');
    for (const mode of [0o640, 0o604, 0o620, 0o666]) {
      await chmod(path, mode);
      await expect(openKeyring({ home })).rejects.toMatchObject({
        code: 'secrets_unreadable',
        hint: `Run: chmod 600 ${path}. If others may have read it, change the credentials, too.`,
      });
    }
    await chmod(path, 0o400);
    await openKeyring({ home });
  });

  it('is refused when it is damaged, stays as it is, and its keys are not shown', async () => {
    const home = await newHome();
    await openKeyring({ home });
    const path = join(home, 'secret.key');
    const whole = await readFile(path, 'utf8');
    const [, key = ''] = /"key": "([^"]+)"/.exec(whole) ?? [];
    const damaged = [
      '',
      '{}',
      whole.replace(/"key": "..../, '"key": "AAAA'),
      whole.replace(/"id": "[^"]+"/, '"id": "00000000"'),
      whole.slice(0, 100),
    ];
    for (const content of damaged) {
      await writeFile(path, content);
      const error = await openKeyring({ home }).catch((thrown: unknown) => thrown);
      expect(error).toEqual(unreadable);
      expect(inspect(error, { depth: 9 })).not.toContain(key.slice(0, 10));
      expect(await readFile(path, 'utf8')).toBe(content);
    }
    for (let length = 0; length < whole.length - 1; length += 7) {
      await writeFile(path, whole);
      await truncate(path, length);
      await expect(openKeyring({ home })).rejects.toThrow(unreadable);
    }
  });

  it('is not made anew under a running service when it vanishes', async () => {
    const home = await newHome();
    const keyring = await openKeyring({ home });
    const sealed = keyring.seal('plain', 'src_1');
    await rm(join(home, 'secret.key'));
    expect(() => keyring.seal('plain', 'src_1')).toThrow(unreadable);
    expect(keyring.open(sealed, 'src_1')).toBe('plain');
  });

  it('is read again by whoever meets a key that it does not know', async () => {
    const home = await newHome();
    const [running, other] = [await openKeyring({ home }), await openKeyring({ home })];
    const before = running.seal('before', 'src_1');
    const file = readKeyFile(home);
    if (file === null) throw new Error('there is no key file');
    const added = newFileKey(0, file.keys);
    await replaceKeyFile(home, { ...file, keys: [added, ...file.keys] });
    const sealed = other.seal('after', 'src_1');
    expect(other.keyIdOf(sealed)).toBe(added.id);
    expect(running.open(sealed, 'src_1')).toBe('after');
    expect(running.open(before, 'src_1')).toBe('before');
    expect(running.keyIdOf(running.seal('more', 'src_1'))).toBe(added.id);
    expect(running.fingerprint('a')).toBe((await openKeyring({ home })).fingerprint('a'));
  });
});

describe('a keyring', () => {
  it('names the key that is missing', async () => {
    const sealed = (await openKeyring({ home: await newHome() })).seal('plain', 'src_1');
    const other = await openKeyring({ home: await newHome() });
    expect(() => other.open(sealed, 'src_1')).toThrow(
      `The stored credentials of src_1 were sealed with key ${other.keyIdOf(sealed)}, which is not there.`,
    );
  });

  it('refuses another context', async () => {
    const keyring = await openKeyring({ home: await newHome() });
    const sealed = keyring.seal('plain', 'src_1');
    expect(() => keyring.open(sealed, 'src_2')).toThrow(unreadable);
  });

  it('tells fingerprints apart by home, and its texts by nothing else', async () => {
    const [one, two] = [
      await openKeyring({ home: await newHome() }),
      await openKeyring({ home: await newHome() }),
    ];
    expect(one.fingerprint('a')).toMatch(/^[0-9a-f]{64}$/);
    expect(one.fingerprint('a')).toBe(one.fingerprint('a'));
    expect(one.fingerprint('a')).not.toBe(one.fingerprint('b'));
    expect(one.fingerprint('a')).not.toBe(two.fingerprint('a'));
  });

  it('does not print its keys', async () => {
    const home = await newHome();
    const setting = keyText();
    const keyring = await openKeyring({ home, secretKey: setting });
    const printed = inspect(keyring, { depth: 9, showHidden: true }) + JSON.stringify(keyring);
    expect(printed).not.toContain(setting);
    const [, fingerprintKey = 'none'] =
      /"fingerprint_key": "([^"]+)"/.exec(await readFile(join(home, 'secret.key'), 'utf8')) ?? [];
    expect(printed).not.toContain(fingerprintKey);
  });
});

describe('a key in the settings', () => {
  it('seals, and never comes to stand in the key file', async () => {
    const home = await newHome();
    const secretKey = keyText();
    const keyring = await openKeyring({ home, secretKey });
    const sealed = keyring.seal('plain', 'src_1');
    expect(keyring.keyIds()).toEqual({
      current: keyring.keyIdOf(sealed),
      inSetting: [keyring.keyIdOf(sealed)],
      inFile: [],
    });
    expect(await readFile(join(home, 'secret.key'), 'utf8')).not.toContain(secretKey);
    expect((await openKeyring({ home, secretKey })).open(sealed, 'src_1')).toBe('plain');
  });

  it('opens with older ones after it', async () => {
    const home = await newHome();
    const [newer, older] = [keyText(), keyText()];
    const sealed = (await openKeyring({ home, secretKey: older })).seal('plain', 'src_1');
    const keyring = await openKeyring({ home, secretKey: `${newer},${older}` });
    expect(keyring.open(sealed, 'src_1')).toBe('plain');
    expect(keyring.keyIdOf(keyring.seal('plain', 'src_1'))).not.toBe(keyring.keyIdOf(sealed));
  });

  it('opens what the key file sealed before, and the other way round', async () => {
    const home = await newHome();
    const secretKey = keyText();
    const ofFile = await openKeyring({ home });
    const before = ofFile.seal('before', 'src_1');
    const ofSetting = await openKeyring({ home, secretKey });
    expect(ofSetting.open(before, 'src_1')).toBe('before');
    expect(ofSetting.fingerprint('a')).toBe(ofFile.fingerprint('a'));
    const sealed = ofSetting.seal('with the setting', 'src_1');
    const without = await openKeyring({ home });
    expect(() => without.open(sealed, 'src_1')).toThrow('which is not there');
    expect(without.open(before, 'src_1')).toBe('before');
  });

  it('can be given up for a key in the file', async () => {
    const home = await newHome();
    await openKeyring({ home, secretKey: keyText() });
    const keyring = await openKeyring({ home });
    expect(keyring.keyIds().inFile).toHaveLength(1);
    expect(keyring.open(keyring.seal('plain', 'src_1'), 'src_1')).toBe('plain');
  });
});
