import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import {
  type Answerer,
  answerError,
  answerReport,
  fakeAmplitude,
  listening,
  rejection,
} from './fake-amplitude.ts';

const page: Answerer = (response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!DOCTYPE html><html><body>Sign in</body></html>');
};

const status =
  (code: number, details?: string): Answerer =>
  (response) =>
    answerError(response, code, details);

const htmlStatus =
  (code: number): Answerer =>
  (response, n, request) => {
    response.statusCode = code;
    page(response, n, request);
  };

describe('each bad answer has its own class', () => {
  it.each<[string, Answerer, ErrorCode]>([
    ['a wrong secret', status(403, 'Invalid API/Secret Key combination'), 'secret_key_wrong'],
    ['an unknown key', status(403, 'Invalid API Key'), 'api_key_unknown'],
    ['401', status(401), 'secret_key_wrong'],
    ['403 for another reason', status(403, 'not available on your plan'), 'chart_forbidden'],
    ['403 as a page', htmlStatus(403), 'chart_forbidden'],
    ['404', status(404, 'Chart not found'), 'chart_not_found'],
    ['404 without details', status(404), 'chart_not_found'],
    ['404 as a page', htmlStatus(404), 'chart_not_found'],
    ['400', status(400, 'Invalid user property country'), 'chart_invalid'],
    ['500', status(500), 'amplitude_unavailable'],
    ['502 as a page', htmlStatus(502), 'amplitude_unavailable'],
    ['200 as a page', page, 'not_a_chart_report'],
    ['200 without a body', (response) => void response.end(), 'not_a_chart_report'],
    ['204', htmlStatus(204), 'not_a_chart_report'],
    ['200 with other JSON', (response) => void response.end('{"x":1}'), 'not_a_chart_report'],
    ['broken JSON', (response) => void response.end('{"data":"\\"a'), 'not_a_chart_report'],
  ])('%s', async (_, answer, code) => {
    const amplitude = await fakeAmplitude(answer);
    const error = await rejection(amplitude.client().fetchReport('abc123', listening()));
    expect(error).toMatchObject({ code, message: expect.stringContaining('abc123') });
    expect(error).toHaveProperty('hint', expect.stringMatching(/\w{3}/));
    expect(amplitude.requests).toHaveLength(code === 'amplitude_unavailable' ? 5 : 1);
  });

  it('and the connection serves the next request', async () => {
    const amplitude = await fakeAmplitude((response, n) =>
      n === 0 ? answerError(response, 404) : answerReport(response),
    );
    const client = amplitude.client();
    await rejection(client.fetchReport('gone', listening()));
    await (await client.fetchReport('abc123', listening())).dispose();
    expect(amplitude.connections).toBe(1);
  });

  it('even if it never ends', async () => {
    const amplitude = await fakeAmplitude((response) => {
      response.statusCode = 404;
      const more = () => response.write('x'.repeat(10_000), () => setImmediate(more));
      more();
    });
    const error = await rejection(amplitude.client().fetchReport('abc123', listening()));
    expect(error).toMatchObject({ code: 'chart_not_found' });
  });
});

describe('a redirect', () => {
  it('is not followed: the keys go nowhere else', async () => {
    const elsewhere = await fakeAmplitude((response) => answerReport(response));
    const amplitude = await fakeAmplitude((response) => {
      response.writeHead(302, { location: `${elsewhere.url}/login?token=x` });
      response.end();
    });
    const error = await rejection(amplitude.client().fetchReport('abc123', listening()));
    expect(error).toMatchObject({
      code: 'not_a_chart_report',
      message: expect.stringContaining(`redirect (302) to ${new URL(elsewhere.url).host}`),
    });
    expect(inspect(error)).not.toContain('token=x');
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('the keys are in no error', () => {
  /** Everything that can be seen of an error, whoever prints it. */
  function everythingOf(error: unknown): string {
    return inspect(error, { depth: null, showHidden: true, getters: true });
  }

  it.each<[string, (secrets: string[]) => Answerer]>([
    ['details', (secrets) => status(403, secrets.join(' '))],
    ['a page', (secrets) => (response) => void response.end(`<p>${secrets.join(' ')}</p>`)],
    ['other JSON', (secrets) => (response) => void response.end(JSON.stringify({ secrets }))],
    ['a 5xx', (secrets) => status(500, secrets.join(' '))],
    ['a cut connection', () => (response) => void response.destroy()],
  ])('not even if they are in %s', async (_, answerWith) => {
    let answer: Answerer = page;
    const amplitude = await fakeAmplitude((...args) => answer(...args));
    const { apiKey, secretKey } = amplitude;
    const basic = Buffer.from(`${apiKey}:${secretKey}`).toString('base64');
    answer = answerWith([apiKey, secretKey, basic]);
    const error = await rejection(amplitude.client().fetchReport('abc123', listening()));
    for (const secret of [apiKey, secretKey, basic]) {
      expect(everythingOf(error)).not.toContain(secret);
    }
  });

  it('nor in the client', async () => {
    const amplitude = await fakeAmplitude(page);
    const seen = everythingOf(amplitude.client());
    expect(seen).not.toContain(amplitude.apiKey);
    expect(seen).not.toContain(amplitude.secretKey);
  });
});
