import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

/** Writes one JSON object per line; the fields come first, then the words: `logger.info({ run }, 'run ended')`. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> & {
  /** A logger that writes `fields` on each of its lines. */
  child(fields: Record<string, unknown>): Logger;
};

/** From the most to the least that is written. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Names of fields whose content is never written, at the top of a line and up to two levels down.
 * They are a net under the rule that secrets are not logged, not a licence to log them.
 */
const SECRET_FIELDS = [
  'api_key',
  'apiKey',
  'authorization',
  'cookie',
  'password',
  'secret',
  'secret_key',
  'secretKey',
  'secrets',
  'sealedSecrets',
  'set-cookie',
  'token',
];

const REDACTED = '[secret]';

/**
 * A logger of JSON lines.
 *
 * @param destination where the lines go; standard output by default
 */
export function createLogger(
  options: { readonly level?: LogLevel; readonly destination?: DestinationStream } = {},
): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { service: 'chartlift' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: REDACTED,
    },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
