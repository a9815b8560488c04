import { expect, it } from 'vitest';
import { typeName } from './type-name.ts';

it.each([
  ['VARCHAR', 'string'],
  ['string', 'string'],
  ['VARCHAR[]', 'string[]'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp with time zone'],
  ['DOUBLE', 'double'],
])('says %s as %s', (type, name) => {
  expect(typeName(type)).toBe(name);
});
