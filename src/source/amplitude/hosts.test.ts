import { describe, expect, it } from 'vitest';
import { ChartliftError } from '../../errors.ts';
import { regionOf, resolveBaseUrl } from './hosts.ts';

function refusal(override: string): ChartliftError {
  try {
    resolveBaseUrl('us', override);
  } catch (error) {
    if (error instanceof ChartliftError) return error;
  }
  throw new Error(`${override} was accepted`);
}

describe('a region', () => {
  it('has its own host', () => {
    expect(resolveBaseUrl('us')).toBe('https://amplitude.com');
    expect(resolveBaseUrl('eu')).toBe('https://analytics.eu.amplitude.com');
  });

  it('is known from its base URL', () => {
    expect(regionOf(resolveBaseUrl('us'))).toBe('us');
    expect(regionOf(resolveBaseUrl('eu'))).toBe('eu');
    expect(regionOf('http://127.0.0.1:8080')).toBeNull();
  });
});

describe('another base URL', () => {
  it.each([
    ['https://amplitude.com/', 'https://amplitude.com'],
    ['https://proxy.example.com/amplitude//', 'https://proxy.example.com/amplitude'],
    ['https://proxy.example.com:8443', 'https://proxy.example.com:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.8.9.10', 'http://127.8.9.10'],
    ['http://localhost:1/', 'http://localhost:1'],
    ['http://LOCALHOST:1/', 'http://localhost:1'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
  ])('%s is accepted as %s', (given, expected) => {
    expect(resolveBaseUrl('us', given)).toBe(expected);
  });

  it.each([
    ['http://amplitude.com', 'is not https'],
    ['http://127.0.0.1.evil.example', 'is not https'],
    ['http://localhost.evil.example', 'is not https'],
    ['http://128.0.0.1', 'is not https'],
    ['http://0.0.0.0', 'is not https'],
    ['ftp://127.0.0.1', 'is not https'],
    ['file:///etc/passwd', 'is not https'],
    ['https://user@amplitude.com', 'user name or password'],
    ['https://:hunter2@amplitude.com', 'user name or password'],
    ['https://amplitude.com?x=1', 'query or fragment'],
    ['https://amplitude.com/?', 'query or fragment'],
    ['https://amplitude.com/#', 'query or fragment'],
    ['amplitude.com', 'is not a URL'],
    ['', 'is not a URL'],
  ])('%s is refused: it %s', (given, reason) => {
    const error = refusal(given);
    expect(error.code).toBe('config_invalid');
    expect(error.message).toContain(reason);
    expect(error.hint).not.toBe('');
    expect(error.message + error.hint).not.toContain('hunter2');
  });

  it('that is the web application is refused, with what to use instead', () => {
    expect(refusal('https://analytics.amplitude.com').hint).toContain('https://amplitude.com');
    expect(refusal('https://app.amplitude.com/analytics').hint).toContain('https://amplitude.com');
    expect(refusal('https://app.eu.amplitude.com').hint).toContain(
      'https://analytics.eu.amplitude.com',
    );
  });
});
