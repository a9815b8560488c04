import { expect, test } from 'vitest';
import { DEMO_PROJECTS, type Project } from '../project.ts';
import { authenticate } from './authentication.ts';
import { KEY_UNKNOWN, SECRET_WRONG } from './refusal.ts';

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

test('a key pair opens its project', () => {
  const project = DEMO_PROJECTS.map(({ apiKey, secretKey }) =>
    authenticate(basic(`${apiKey}:${secretKey}`), DEMO_PROJECTS),
  );
  expect(project).toEqual(DEMO_PROJECTS.map((project) => ({ project })));
});

test('the scheme is not case-sensitive and the secret may hold colons', () => {
  const project: Project = { id: 'shop', name: 'Shop', apiKey: 'a', secretKey: 'b:c' };
  expect(authenticate(basic('a:b:c').replace('Basic', 'basic'), [project])).toEqual({ project });
});

test.each([
  ['no header', undefined, KEY_UNKNOWN],
  ['another scheme', 'Bearer demo-api-key', KEY_UNKNOWN],
  ['no key', basic(':demo-secret-key'), KEY_UNKNOWN],
  ['an unknown key', basic('elsewhere:demo-secret-key'), KEY_UNKNOWN],
  ['no secret', basic('demo-api-key'), SECRET_WRONG],
  ['a wrong secret', basic('demo-api-key:wrong'), SECRET_WRONG],
  ['the secret of another project', basic('demo-api-key:labs-secret-key'), SECRET_WRONG],
])('%s is refused', (_, header, refusal) => {
  expect(authenticate(header, DEMO_PROJECTS)).toEqual({ refusal });
});
