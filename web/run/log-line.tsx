import { words } from '../words/run.ts';
import classes from './run-log.module.css';
import type { RunEvent } from './run-types.ts';

const TONES = { debug: 'quiet', info: 'quiet', warn: 'warn', error: 'bad' } as const;

const time = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** One line of a log at its place. */
export function LogLine({
  line,
  index,
  count,
  start,
  measure,
}: {
  readonly line: RunEvent;
  readonly index: number;
  readonly count: number;
  /** Where it begins, in px. */
  readonly start: number;
  readonly measure: (element: HTMLElement | null) => void;
}) {
  const { at, level, stream, message } = line;
  return (
    <li
      ref={measure}
      data-index={index}
      data-level={level}
      aria-posinset={index + 1}
      aria-setsize={count}
      className={classes.line}
      style={{ transform: `translateY(${start}px)` }}
    >
      <time dateTime={at} title={at} className={classes.at}>
        {time.format(new Date(at))}
      </time>
      <span style={{ color: `var(--${TONES[level]})`, fontWeight: 500 }}>{words.level[level]}</span>
      <span className={classes.stream}>{stream}</span>
      <span className={classes.message}>{message.trim()}</span>
    </li>
  );
}
