import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, isSecure, readServerSettings } from './settings.ts';

describe('readServerSettings', () => {
  it('needs nothing', () => {
    expect(readServerSettings({})).toEqual(DEFAULT_SETTINGS);
    expect(readServerSettings({ CHARTLIFT_API_TOKEN: '', CHARTLIFT_PUBLIC_URL: ' ' })).toEqual(
      DEFAULT_SETTINGS,
    );
  });

  it('reads what there is', () => {
    const settings = readServerSettings({
      CHARTLIFT_PUBLIC_URL: 'https://lift.example.com/',
      CHARTLIFT_TRUST_PROXY: 'true',
      CHARTLIFT_ALLOWED_HOSTS: 'Chartlift, chartlift.internal,',
      CHARTLIFT_API_TOKEN: 'x'.repeat(32),
      CHARTLIFT_METRICS_PUBLIC: '1',
    });
    expect(settings.publicUrl?.origin).toBe('https://lift.example.com');
    expect(settings).toMatchObject({
      trustedProxies: 1,
      allowedHosts: ['chartlift', 'chartlift.internal'],
      metricsPublic: true,
    });
    expect(settings.apiTokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(isSecure(settings)).toBe(true);
  });

  it.each([
    { CHARTLIFT_PUBLIC_URL: 'lift.example.com' },
    { CHARTLIFT_PUBLIC_URL: 'https://lift.example.com/path' },
    { CHARTLIFT_PUBLIC_URL: 'ftp://lift.example.com' },
    { CHARTLIFT_PUBLIC_URL: 'https://user@lift.example.com' },
    { CHARTLIFT_TRUST_PROXY: 'yes' },
    { CHARTLIFT_TRUST_PROXY: '-1' },
    { CHARTLIFT_API_TOKEN: 'short' },
    { CHARTLIFT_METRICS_PUBLIC: 'maybe' },
  ])('refuses %j', (env) => {
    expect(() => readServerSettings(env)).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
