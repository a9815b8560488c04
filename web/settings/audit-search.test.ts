import { expect, it } from 'vitest';
import { readAuditSearch } from './audit-search.ts';

it('reads the filters', () => {
  const search = { actor: 'usr_1', action: 'run.started', kind: 'run', days: 7 };
  expect(readAuditSearch(search)).toEqual(search);
});

it('leaves out what makes no sense', () => {
  const search = { actor: 7, action: '', kind: 'x'.repeat(101), days: 3, other: 'x' };
  expect(readAuditSearch(search)).toEqual({});
});
