const streams = (n: number) => (n === 1 ? '1 stream' : `${n} streams`);

/** Words of the page of one run. */
export const words = {
  title: (source: string) => `Run of ${source}`,
  untitled: 'Run',
  sources: 'Sources',
  path: 'Where this is',
  started: 'Started',
  queued: 'Queued',
  duration: 'Duration',
  nextRun: 'Next run',
  nextRunIn: (zone: string) => `Next run, in ${zone}`,
  status: 'Status',
  cause: 'Started by',
  causes: {
    schedule: 'Schedule',
    after: (source: string) => `Success of ${source}`,
    retry: 'Retry of',
    earlier: 'an earlier run',
  },
  again: (attempt: number) =>
    `chartlift was stopped while this ran and took it up again (${attempt - 1}×). Streams that were done were not read again.`,
  cancel: 'Cancel run',
  canceling: 'Canceling',
  seeData: 'See the data',
  runAgain: 'Run again',
  retry: 'Retry failed',
  retryHint: 'Runs the streams again that failed or were not read, and nothing else.',
  lost: 'Connection lost, trying again',
  lostHelp: 'The run goes on by itself; this page shows the rest once it is connected again.',
  progress: 'Progress of the run',
  done: (done: number, total: number) => `${done} of ${streams(total)}`,
  begins: 'Starting: the streams are listed once the run has begun.',
  waits: {
    rate_limited: (left: string) => `Amplitude asks to slow down. Next try in ${left}.`,
    other: (left: string) => `Amplitude does not answer. Next try in ${left}.`,
    help: 'Nothing is lost: chartlift waits as long as it is asked to, then goes on more slowly.',
  },
  summary: 'Summary',
  counts: {
    success: 'Changed',
    unchanged: 'Unchanged',
    empty: 'Empty',
    failed: 'Failed',
    open: 'Not read',
    rows: 'Rows',
  },
  live: {
    progress: (done: number, total: number) => `${done} of ${streams(total)} done.`,
    ended: (status: string, done: number, failed: number) =>
      `The run ended: ${status}. ${streams(done)} read${failed === 0 ? '' : `, ${failed} failed`}.`,
  },
  streams: 'Streams',
  columns: {
    stream: 'Stream',
    status: 'Status',
    rows: 'Rows',
    change: 'Change',
    version: 'Version',
    duration: 'Duration',
    attempts: 'Requests',
    table: 'Table',
  },
  phases: {
    pending: 'Waiting',
    requesting: 'Requesting',
    requestingAgain: (attempt: number) => `Requesting, try ${attempt}`,
    rateLimited: (left: string) => `Rate limit, ${left}`,
    unavailable: (left: string) => `No answer, ${left}`,
    reading: 'Reading',
    writing: 'Reading rows',
    skipped: 'Not read',
  },
  noStreams: 'No stream was read.',
  change: (added: string, removed: string, changed: string) =>
    `${added} rows added, ${removed} removed, ${changed} changed`,
  unchanged: 'none',
  none: '–',
  kept: 'The table stays as it was.',
  log: 'Log',
  logLines: 'Lines of the log',
  logSearch: 'Search the log',
  logLevel: 'Level of the lines',
  levels: {
    debug: 'Every line',
    info: 'Without details',
    warn: 'Warnings and errors',
    error: 'Errors only',
  },
  level: { debug: 'Detail', info: 'Info', warn: 'Warning', error: 'Error' },
  copyLog: 'Copy the log',
  downloadLog: 'Download the log',
  logEmpty: 'Nothing has happened yet.',
  logNoMatch: 'No line matches.',
  toEnd: 'Go to the end',
  lines: (shown: number, all: number) =>
    shown === all
      ? all === 1
        ? '1 line'
        : `${all} lines`
      : `${shown} of ${all === 1 ? '1 line' : `${all} lines`}`,
} as const;
