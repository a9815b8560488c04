import { openLakeReader } from '../../catalog/lake-reader.ts';
import { openLakeWriter } from '../../catalog/lake-writer.ts';
import { systemClock } from '../../clock.ts';
import { connectAmplitude } from '../../context.ts';
import { ChartliftError } from '../../errors.ts';
import { planStreams, selectStreams } from '../../sync/plan.ts';
import type { RunResult } from '../../sync/run-result.ts';
import { runSync } from '../../sync/run-sync.ts';
import { readAccount } from '../account.ts';
import type { AccountOptions } from '../account-options.ts';
import type { CommandContext } from '../command-context.ts';
import { syncDocument, syncSummary } from '../output/sync-summary.ts';
import { progressView } from '../progress/progress-view.ts';
import { newRunId } from '../run-id.ts';

export interface SyncOptions extends AccountOptions {
  readonly lake: string;
  readonly layer: string;
  readonly folder?: string;
  readonly prefix: string;
  readonly stream?: readonly string[];
  /** Minutes. */
  readonly timeLimit: number;
  readonly json?: true;
}

/** `chartlift sync`: one run of the configured charts into a lake. */
export async function sync(options: SyncOptions, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { config, baseUrl } = await readAccount(options, terminal.env);
  const connector = connectAmplitude(baseUrl);
  const streams = selectStreams(connector.discover(config), options.stream ?? []);
  const { layer, prefix, folder = null } = options;
  const plan = planStreams(streams, { layer, prefix, folder });
  const writer = await openLakeWriter(options.lake, { runId: newRunId(), create: true });
  try {
    await assertLayer(options.lake, layer);
    const progress = await progressView(terminal);
    let result: RunResult;
    try {
      result = await runSync({
        connector,
        config,
        plan,
        writer,
        clock: systemClock,
        signal: terminal.signal,
        deadline: systemClock.now() + options.timeLimit * 60_000,
        onEvent: (event) => progress.show(event),
      });
    } finally {
      progress.close();
    }
    terminal.out(
      options.json
        ? `${JSON.stringify(syncDocument(result), null, 2)}\n`
        : syncSummary(result, terminal),
    );
    context.exitWith(exitCodeOf(result));
  } finally {
    await writer.close();
  }
}

/** A wrong layer is told before anything is requested. */
async function assertLayer(lake: string, layer: string): Promise<void> {
  const reader = await openLakeReader(lake);
  const layers = await reader.layers().finally(() => reader.close());
  if (layers.includes(layer)) return;
  throw new ChartliftError(
    'layer_unknown',
    `The lake has no layer ${JSON.stringify(layer)}.`,
    `Choose one of ${layers.join(', ')}, or make the directory ${lake}/${layer} to add it.`,
  );
}

/** 130 and 3 tell what ended the run as a whole; else 1 if any stream failed. */
function exitCodeOf({ streams }: RunResult): number {
  const codes = streams.map((stream) => stream.error?.exitCode ?? 0);
  if (codes.includes(130)) return 130;
  if (codes.includes(3)) return 3;
  return codes.some((code) => code !== 0) ? 1 : 0;
}
