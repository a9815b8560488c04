#!/usr/bin/env node
import { ChartliftError } from '../errors.ts';
import { runCommandLine } from './command-line.ts';

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

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
});
