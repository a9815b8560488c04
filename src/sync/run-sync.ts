import type { LakeWriter } from '../catalog/lake-writer.ts';
import { formatTableId } from '../catalog/table-id.ts';
import type { Clock } from '../clock.ts';
import { ChartliftError, toChartliftError } from '../errors.ts';
import type { Connector, StreamContent, StreamReading } from '../stream/connector.ts';
import type { PlannedStream } from './plan.ts';
import type { RunEvent } from './run-events.ts';
import { type RunResult, runStatus } from './run-result.ts';
import { StreamRun } from './stream-run.ts';
import { withoutYoungGrowth } from './young-generation.ts';

/**
 * Tables that are written at once. Reading runs on one thread and DuckDB on the others, so that a few
 * keep both busy; each open table takes memory.
 */
const TABLES_AT_ONCE = 4;

export interface SyncRequest<Config> {
  readonly connector: Connector<Config>;
  readonly config: Config;
  readonly plan: readonly PlannedStream[];
  /** See `ReadRequest.partial`. */
  readonly partial?: boolean;
  /** What the tables call their source. Default: the connector's name. */
  readonly source?: string;
  /** The lake, opened for this run. */
  readonly writer: LakeWriter;
  readonly clock: Clock;
  /** Aborting it ends the run: what was not committed by then fails with the signal's reason. */
  readonly signal: AbortSignal;
  /** When the run gives up waiting for the source, in ms since the epoch. */
  readonly deadline: number;
  onEvent(event: RunEvent): void;
}

/**
 * One run: moves the planned streams from the source into their tables, each by itself, so that one bad
 * stream never stops the others. Never throws for what a stream runs into: its result says it.
 */
export function runSync<Config>(request: SyncRequest<Config>): Promise<RunResult> {
  return withoutYoungGrowth(() => moveStreams(request));
}

async function moveStreams<Config>(request: SyncRequest<Config>): Promise<RunResult> {
  const { connector, config, plan, writer, clock, signal, deadline, onEvent } = request;
  const { partial = false, source = connector.name } = request;
  const runs = new Map(
    plan.map((planned) => [planned.stream.name, new StreamRun(planned, clock, onEvent)]),
  );
  onEvent({ type: 'started', runId: writer.runId, streams: [...runs.keys()] });
  const moving = new Set<Promise<void>>();
  try {
    const readings = connector.read(
      config,
      { streams: [...runs.keys()], partial },
      {
        signal,
        deadline,
        onProgress: (progress) => runs.get(progress.stream)?.reading(progress),
      },
    );
    for await (const reading of readings) {
      const run = runs.get(reading.stream.name);
      if (run === undefined) continue;
      const move = moveStream(source, reading, run, writer, signal).finally(() =>
        moving.delete(move),
      );
      moving.add(move);
      if (moving.size >= TABLES_AT_ONCE) await Promise.race(moving);
    }
    await Promise.all(moving);
  } catch (error) {
    await Promise.all(moving);
    for (const run of runs.values()) run.fail(toChartliftError(error));
  }
  const streams = [...runs.values()].map((run) => run.result ?? run.fail(neverRead(run)));
  return { runId: writer.runId, status: runStatus(streams), streams };
}

async function moveStream(
  source: string,
  reading: StreamReading,
  run: StreamRun,
  writer: LakeWriter,
  signal: AbortSignal,
): Promise<void> {
  run.attempts = reading.attempts;
  if ('error' in reading) {
    run.fail(reading.error);
    return;
  }
  try {
    run.advance('fetched');
    await moveContent(source, reading.content, run, writer, signal);
  } catch (error) {
    run.fail(toChartliftError(error), reading.content.warnings);
  } finally {
    await reading.content.dispose();
  }
}

async function moveContent(
  source: string,
  content: StreamContent,
  run: StreamRun,
  writer: LakeWriter,
  signal: AbortSignal,
): Promise<void> {
  const { stream, table, folder } = run.planned;
  const labels = { source, folder, title: content.title };
  const tableWriter = await writer.openTable({ id: table, stream, labels });
  try {
    run.advance('shaped');
    tableWriter.keepRows(content.keep);
    for await (const batch of content.batches()) {
      signal.throwIfAborted();
      await tableWriter.write(batch);
      run.wrote(batch.rows);
    }
    signal.throwIfAborted();
    run.advance('staged');
    run.commit(content, await tableWriter.commit());
  } finally {
    await tableWriter.abort();
  }
}

function neverRead(run: StreamRun): ChartliftError {
  return new ChartliftError(
    'internal',
    `The source ended without a word about stream ${run.planned.stream.name} (${formatTableId(run.planned.table)}).`,
    'This is a fault in chartlift. Please report it with the command you ran.',
  );
}
