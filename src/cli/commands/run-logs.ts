import type { CommandContext } from '../command-context.ts';
import { jsonDocument } from '../output/json-document.ts';
import { printable } from '../output/printable.ts';
import { timeText } from '../output/source-text.ts';
import type { ApiRunDetail, ApiRunEvent } from '../service/api-types.ts';
import { unwatched } from '../service/follow-run.ts';
import { runExitCode } from '../service/run-progress.ts';
import { connectService, type ServiceApi } from '../service/service-api.ts';
import { type Terminal, tone } from '../terminal.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export interface RunLogsOptions {
  readonly level?: (typeof LEVELS)[number];
  readonly text?: string;
  readonly follow?: true;
  readonly json?: true;
}

const TONES = { debug: 'quiet', info: 'strong', warn: 'warn', error: 'bad' } as const;

/** `chartlift run logs`: what a run wrote into its log. */
export async function runLogs(
  id: string,
  options: RunLogsOptions,
  { terminal, exitWith }: CommandContext,
): Promise<void> {
  const api = await connectService(terminal);
  const kept: ApiRunEvent[] = [];
  const show = (line: ApiRunEvent) => {
    if (options.json) kept.push(line);
    else terminal.out(describe(line, terminal));
  };
  if (options.follow) {
    const run = await follow(api, id, options, show, terminal);
    exitWith(runExitCode(run));
  } else {
    for await (const line of api.runLog(id, { level: options.level, text: options.text })) {
      show(line);
    }
  }
  if (options.json) terminal.out(jsonDocument(kept));
}

async function follow(
  api: ServiceApi,
  id: string,
  options: RunLogsOptions,
  show: (line: ApiRunEvent) => void,
  terminal: Terminal,
): Promise<ApiRunDetail> {
  // That there is no such run, or no service, is told at once instead of tried again.
  await api.getRun(id);
  try {
    const lines = api.followRun(id);
    for (;;) {
      const next = await lines.next();
      if (next.done) return next.value;
      if (isWanted(next.value, options)) show(next.value);
    }
  } catch (error) {
    throw terminal.signal.aborted ? unwatched(id) : error;
  }
}

/** As the API filters a log that is read at once. */
function isWanted(line: ApiRunEvent, { level = 'debug', text = '' }: RunLogsOptions): boolean {
  if (LEVELS.indexOf(line.level) < LEVELS.indexOf(level)) return false;
  const words = `${line.stream ?? ''} ${line.message}`.toLowerCase();
  return words.includes(text.toLowerCase());
}

function describe({ at, level, stream, message }: ApiRunEvent, terminal: Terminal): string {
  const mark = tone(terminal.stdout, TONES[level], level.padEnd(5));
  const about = stream === null ? '' : `${printable(stream)}: `;
  return `${timeText(at)} ${mark} ${about}${printable(message)}\n`;
}
