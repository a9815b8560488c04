import { once } from 'node:events';
import { type RunningChartlift, startChartlift } from '../../context.ts';
import { ChartliftError } from '../../errors.ts';
import { createLogger, LOG_LEVELS, type LogLevel } from '../../logger.ts';
import { withoutYoungGrowth } from '../../sync/young-generation.ts';
import { VERSION } from '../../version.ts';
import type { CommandContext } from '../command-context.ts';
import { type Terminal, tone } from '../terminal.ts';

export interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly home?: string;
}

/** Longest time from the signal to the end, in ms: process supervisors kill after about ten seconds. */
const STOP_MS = 10_000;

/** `chartlift serve`: runs until it is interrupted; that is its regular end. */
export async function serve(options: ServeOptions, { terminal }: CommandContext): Promise<void> {
  const { env, signal } = terminal;
  const logger = createLogger({
    level: readLogLevel(terminal),
    // Standard output tells the operator how to get in; the log is a stream of its own.
    destination: { write: (line) => terminal.err(line) },
  });
  const onLost = () => process.exit(1);
  const running = await startChartlift({ ...options, env, logger, onLost });
  for (const warning of running.warnings) {
    logger.warn(warning);
    terminal.out(`${tone(terminal.stdout, 'warn', 'warning')} ${warning}\n`);
  }
  terminal.out(welcome(running, terminal));
  // Requests leave as much behind as runs do.
  await withoutYoungGrowth(async () => {
    if (!signal.aborted) await once(signal, 'abort');
  });
  terminal.out('Stopping; once more stops at once.\n');
  setTimeout(() => process.exit(1), STOP_MS).unref();
  await running.stop();
}

function welcome({ url, setupLink, service }: RunningChartlift, { stdout }: Terminal): string {
  const signIn =
    setupLink === null
      ? ['sign in', url]
      : [
          'first sign-in',
          `${setupLink}\n               makes the administrator; once, within a day`,
        ];
  const facts = [
    ['address', url],
    signIn,
    ['API reference', `${url}/api/docs`],
    ['data folder', service.home],
    ['lake', service.lake],
  ];
  const lines = facts.map(([name = '', text]) => `${name.padEnd(13)}  ${text}\n`);
  const title = tone(stdout, 'strong', `chartlift ${VERSION}`);
  return `${title}\n${lines.join('')}\nCtrl-C ends it.\n`;
}

/** On a terminal people read what is printed, and of the log only what went wrong. */
function readLogLevel({ env, stderr }: Terminal): LogLevel {
  const text = env['CHARTLIFT_LOG_LEVEL'];
  if (!text) return stderr.isTTY ? 'warn' : 'info';
  const level = LOG_LEVELS.find((name) => name === text);
  if (level !== undefined) return level;
  throw new ChartliftError(
    'config_invalid',
    `CHARTLIFT_LOG_LEVEL is ${JSON.stringify(text)}, which is no level.`,
    `Give one of ${LOG_LEVELS.join(', ')}.`,
  );
}
