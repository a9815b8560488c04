#!/usr/bin/env node
import module from 'node:module';
import { ChartliftError } from '../errors.ts';

/** package.json, `engines`. */
const OLDEST_NODE = 24;

// Compiled code is kept between starts, in the system's temporary directory: half the time of a short query.
// Older versions, which are refused below, do not have it.
module.enableCompileCache?.();

const interrupt = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks twice does not want to wait: what is staged is cleaned up by the next run.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort(
      new ChartliftError(
        'interrupted',
        'Interrupted.',
        'What was committed by then stays; everything else is as it was before.',
      ),
    );
  });
}

// A reader that has seen enough, such as `head`, closes the pipe: no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `chartlift needs Node.js ${OLDEST_NODE} or later; this is ${process.version}.\n`,
  );
  process.exitCode = 2;
} else {
  // Only now: what it loads does not even parse on older versions.
  const { runCommandLine } = await import('./command-line.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interrupt.signal,
  });
}
