import { describe, expect, it } from 'vitest';
import { REGION_BASE_URLS } from '../hosts.ts';
import { answerError, type BadAnswer, rateLimitedError } from './answer-error.ts';

function answer(status: number, details: string | null = null, more: Partial<BadAnswer> = {}) {
  const chartId = 'abc123';
  return { chartId, baseUrl: REGION_BASE_URLS.us, status, details, redirectHost: null, ...more };
}

describe('an answer that is no report', () => {
  it.each([
    [403, 'Invalid API/Secret Key combination', 'secret_key_wrong'],
    [401, 'Invalid API/Secret Key combination', 'secret_key_wrong'],
    [401, null, 'secret_key_wrong'],
    [403, 'Invalid API Key', 'api_key_unknown'],
    [401, 'Invalid API Key', 'api_key_unknown'],
    [403, 'Data tables are not available on your plan', 'chart_forbidden'],
    [403, null, 'chart_forbidden'],
    [404, 'Chart not found', 'chart_not_found'],
    [404, null, 'chart_not_found'],
    [410, null, 'chart_not_found'],
    [400, 'Invalid user property country', 'chart_invalid'],
    [422, null, 'chart_invalid'],
    [408, null, 'amplitude_unavailable'],
    [500, 'Something broke', 'amplitude_unavailable'],
    [502, null, 'amplitude_unavailable'],
    [503, null, 'amplitude_unavailable'],
    [504, null, 'amplitude_unavailable'],
    [302, null, 'not_a_chart_report'],
    [204, null, 'not_a_chart_report'],
    [405, null, 'not_a_chart_report'],
  ])('%i with %j is %s', (status, details, code) => {
    const error = answerError(answer(status, details));
    expect(error.code).toBe(code);
    expect(error.message).toContain('chart abc123');
    if (details !== null) expect(error.message).toContain(details);
    expect(error.hint).toMatch(/\.$/);
  });

  it('to an unknown key tells which region was asked and names the other', () => {
    const us = answerError(answer(403, 'Invalid API Key'));
    expect(us.message).toContain('US region');
    expect(us.hint).toContain('set the region to "eu"');
    const eu = answerError(answer(403, 'Invalid API Key', { baseUrl: REGION_BASE_URLS.eu }));
    expect(eu.message).toContain('EU region');
    expect(eu.hint).toContain('set the region to "us"');
    const proxy = answerError(answer(403, 'Invalid API Key', { baseUrl: 'https://proxy.example' }));
    expect(proxy.message).toContain('https://proxy.example');
  });

  it('but a redirect tells where to', () => {
    const error = answerError(answer(302, null, { redirectHost: 'login.example.com' }));
    expect(error.message).toContain('redirect (302) to login.example.com');
  });
});

it('a rate limit that outlasts the run is told with its details', () => {
  const refusal = { limit: 'cost', cost: 1800, retryAfter: null, details: 'cost 1800' } as const;
  const error = rateLimitedError('abc123', refusal);
  expect(error.code).toBe('rate_limited');
  expect(error.message).toContain('"cost 1800"');
  const busy = rateLimitedError('abc123', { ...refusal, limit: 'concurrent', details: null });
  expect(busy.hint).toContain('at the same time');
  const dear = rateLimitedError('abc123', { ...refusal, cost: 180_000 });
  expect(dear.hint).toContain('costs 180000');
});
