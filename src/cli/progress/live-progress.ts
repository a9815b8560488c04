import { createLogUpdate } from 'log-update';
import { type Terminal, tone } from '../terminal.ts';
import type { ProgressView } from './plain-progress.ts';
import { createRunPicture, type PictureLine } from './run-picture.ts';

/** Often enough for a countdown in seconds to look alive, seldom enough to cost nothing. */
const REDRAW_MS = 100;

/** Lines that stay free for the prompt and what was there before. */
const SPARE_LINES = 3;

const MARKS: Readonly<Record<PictureLine['mark'], string>> = {
  waiting: '·',
  active: '▸',
  paused: '⏸',
  done: '✓',
  failed: '✗',
  summary: '∑',
};

/** Redraws the run in place on a terminal. */
export function liveProgress(terminal: Terminal, now: () => number): ProgressView {
  const picture = createRunPicture();
  const update = createLogUpdate(terminal.stderr, { showCursor: true });
  const redraw = () => {
    // Some terminals say that they have no size at all.
    const height = Math.max(1, (terminal.stderr.rows || 24) - SPARE_LINES);
    const lines = picture.lines(now(), height);
    const width = Math.max(0, ...lines.map((line) => line.name.length));
    update(lines.map((line) => drawLine(terminal, line, width)).join('\n'));
  };
  const timer = setInterval(redraw, REDRAW_MS);
  return {
    show: (event) => picture.take(event),
    close() {
      clearInterval(timer);
      // The summary on stdout says it again, and in full.
      update.clear();
      update.done();
    },
  };
}

function drawLine(terminal: Terminal, line: PictureLine, width: number): string {
  const toneOf = {
    waiting: 'quiet',
    active: 'strong',
    paused: 'warn',
    done: 'good',
    failed: 'bad',
    summary: 'strong',
  } as const;
  const mark = tone(terminal.stderr, toneOf[line.mark], MARKS[line.mark]);
  const text = `${line.name.padEnd(width)}  ${line.text}`;
  const room = (terminal.stderr.columns || 80) - 3;
  const cut = text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text;
  return `${mark} ${line.mark === 'waiting' ? tone(terminal.stderr, 'quiet', cut) : cut}`;
}
