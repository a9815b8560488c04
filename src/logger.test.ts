import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function linesOf(write: (logger: ReturnType<typeof createLogger>) => void): unknown[] {
  const lines: string[] = [];
  write(createLogger({ destination: { write: (line: string) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

describe('the log', () => {
  it('is a JSON object a line', () => {
    const lines = linesOf((logger) => logger.child({ run: 'run_1' }).info({ rows: 3 }, 'ended'));
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        service: 'chartlift',
        run: 'run_1',
        rows: 3,
        msg: 'ended',
      },
    ]);
  });

  it('has no secrets, wherever they stand', () => {
    const secrets = {
      password: 'hidden',
      token: 'hidden',
      api_key: 'hidden',
      secret_key: 'hidden',
      'set-cookie': 'hidden',
    };
    const lines = linesOf((logger) => {
      logger.info(secrets, 'top');
      logger.info({ config: secrets }, 'below');
      logger.info({ source: { config: secrets } }, 'further below');
      logger.child({ headers: { authorization: 'hidden', cookie: 'hidden' } }).warn('child');
    });
    expect(JSON.stringify(lines)).not.toContain('hidden');
    expect(JSON.stringify(lines)).toContain('[secret]');
  });
});
