import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

const ORIGIN = 'https://lift.example.com';

describe('safeNext', () => {
  it.each([
    '/sources',
    '/catalog/raw/chart_abc?tab=versions&version=3#columns',
    '/explorer?sql=select%201',
  ])('honours %s', (next) => {
    expect(safeNext(next, ORIGIN)).toBe(next);
  });

  it.each([
    undefined,
    '',
    'sources',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    ' /sources',
    '/sign-in',
    '/sign-in/?next=/sign-in',
    '/setup#token=abc',
    '/invitation',
  ])('leads to the first screen instead of %j', (next) => {
    expect(safeNext(next, ORIGIN)).toBe('/');
  });
});
