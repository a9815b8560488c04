import { describe, expect, it } from 'vitest';
import { isReadableOnTheWay, readServiceAddress } from './service-address.ts';

const token = 'cl_0123456789';

describe('the address of the service', () => {
  it('is on this machine unless told otherwise', () => {
    expect(readServiceAddress({ CHARTLIFT_TOKEN: token })).toEqual({
      url: 'http://127.0.0.1:4860',
      token,
    });
  });

  it('has no slash at its end', () => {
    const env = { CHARTLIFT_URL: ' https://lift.example.com/ ', CHARTLIFT_API_TOKEN: token };
    expect(readServiceAddress(env)).toEqual({ url: 'https://lift.example.com', token });
  });

  it('prefers the token of a person to that of the service', () => {
    const env = { CHARTLIFT_TOKEN: token, CHARTLIFT_API_TOKEN: 'other' };
    expect(readServiceAddress(env).token).toBe(token);
  });

  it.each([
    'lift.example.com',
    'ftp://lift.example.com',
    'https://lift.example.com/api/v1',
    'https://lift.example.com/?a=b',
    'https://me:secret@lift.example.com',
  ])('is not %s', (url) => {
    const read = () => readServiceAddress({ CHARTLIFT_URL: url, CHARTLIFT_TOKEN: token });
    expect(read).toThrow(expect.objectContaining({ code: 'config_invalid' }));
    expect(read).not.toThrow(/secret/);
  });

  it.each([undefined, '', ' ', 'a\nb', 'a b', 'ä'])('does without no token (%j)', (given) => {
    const read = () => readServiceAddress({ CHARTLIFT_TOKEN: given });
    expect(read).toThrow(expect.objectContaining({ code: 'sign_in_needed' }));
  });

  it.each([
    ['http://127.0.0.1:4860', false],
    ['http://[::1]:4860', false],
    ['https://lift.example.com', false],
    ['http://lift.example.com', true],
  ])('%s is readable on the way: %s', (url, readable) => {
    expect(isReadableOnTheWay({ url })).toBe(readable);
  });
});
