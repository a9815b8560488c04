import type { Disk } from '../catalog/disk/disk.ts';
import { openLakeWriter } from '../catalog/lake-writer.ts';
import type { SharedEngine } from '../catalog/shared-engine.ts';
import type { Clock } from '../clock.ts';
import { toChartliftError } from '../errors.ts';
import type { RunContext, RunOutcome } from '../jobs/worker.ts';
import type { Logger } from '../logger.ts';
import type { ErrorRecord, RunRecord, StreamResultRecord } from '../state/run-record.ts';
import type { RunStore } from '../state/runs.ts';
import type { SourceRecord, StreamRecord } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';
import type { PlannedStream } from '../sync/plan.ts';
import type { RunEvent } from '../sync/run-events.ts';
import type { StreamResult } from '../sync/run-result.ts';
import { runSync } from '../sync/run-sync.ts';
import { attemptId, committedBefore } from './committed-before.ts';
import { type Connectors, connectorNamed } from './connectors.ts';
import type { EventHub } from './event-hub.ts';
import type { ServiceObserver } from './observer.ts';
import type { RunJournal } from './run-journal.ts';
import { RunRecorder } from './run-recorder.ts';
import type { SourceSecrets } from './source-secrets.ts';

/** What running a source needs. */
export interface RunSourceParts {
  readonly connectors: Connectors;
  readonly sources: SourceStore;
  readonly runs: RunStore;
  readonly secrets: SourceSecrets;
  /** Directory of the lake. */
  readonly lake: string;
  /** Of all runs. */
  readonly engine: SharedEngine;
  readonly disk: Disk;
  readonly journal: RunJournal;
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly observer: ServiceObserver;
  readonly logger: Logger;
}

/**
 * Runs a source once: its streams into their tables, with each result and the log kept as they come.
 * A run that another process began is gone on with: streams that have their result are not read again.
 */
export async function runSource(
  parts: RunSourceParts,
  run: RunRecord,
  context: RunContext,
): Promise<RunOutcome> {
  const source = await parts.sources.get(run.sourceId);
  if (source === null) return { status: 'failed', error: GONE };
  const streams = await parts.sources.streams(source.id);
  const connector = connectorNamed(parts.connectors, source.connector);
  const wanted = wantedStreams(run, streams, connector.metadataStream);
  const done = new Set((await parts.runs.results(run.id)).map(({ stream }) => stream));
  const owed = wanted.filter(({ name }) => !done.has(name));
  for (const result of await committedBefore(parts.lake, run, owed)) {
    await parts.runs.recordStream(result);
    done.add(result.stream);
  }
  const open = wanted.filter(({ name }) => !done.has(name));
  if (open.length > 0) await runStreams(parts, run, source, open, context);
  context.signal.throwIfAborted();
  return outcomeOf(await parts.runs.results(run.id));
}

const GONE: ErrorRecord = {
  code: 'not_found',
  message: 'The source was deleted before its run began.',
  help: 'Nothing: its tables are as they were.',
};

/** A retry of some streams brings what is told about them up to date, too. */
function wantedStreams(
  run: RunRecord,
  streams: readonly StreamRecord[],
  metadataStream: string | null,
): readonly StreamRecord[] {
  return streams.filter(
    ({ name, selected }) =>
      selected && (run.streams === null || name === metadataStream || run.streams.includes(name)),
  );
}

async function runStreams(
  parts: RunSourceParts,
  run: RunRecord,
  source: SourceRecord,
  streams: readonly StreamRecord[],
  { signal, deadline, makeWay }: RunContext,
): Promise<void> {
  const connector = connectorNamed(parts.connectors, source.connector);
  const config = await parts.secrets.configOf(source, connector);
  const known = new Map(connector.discover(config).map((stream) => [stream.name, stream]));
  const plan = streams.flatMap((record): PlannedStream[] => {
    const stream = known.get(record.name);
    const { layer, table, folder } = record;
    return stream === undefined ? [] : [{ stream, table: { layer, table }, folder }];
  });
  const recorder = new RunRecorder(parts, run, source, streams);
  /** Streams that wait for their turn to be asked for. */
  const waiting = new Set<string>();
  const writer = await openLakeWriter(parts.lake, {
    runId: attemptId(run),
    create: true,
    clock: parts.clock,
    engine: parts.engine,
    disk: parts.disk,
  });
  try {
    await runSync({
      connector,
      config,
      plan,
      partial: run.streams?.some((name) => name !== connector.metadataStream) ?? false,
      source: source.name,
      writer,
      clock: parts.clock,
      signal,
      deadline,
      onEvent: (event: RunEvent) => {
        // What an end of the whole run cut off has no result of its own: the run says why it ended.
        if (signal.aborted && event.type === 'ended' && isCutOff(event.result, signal)) return;
        recorder.take(event);
        if (event.type !== 'reading') return;
        const { stream, phase } = event.progress;
        if (phase === 'waiting') waiting.add(stream);
        // What is left needs nothing of the API key: its next run begins while this one writes its tables.
        else if (waiting.delete(stream) && waiting.size === 0) makeWay();
      },
    });
  } finally {
    await recorder.close().finally(() => writer.close());
  }
}

function isCutOff(result: StreamResult, signal: AbortSignal): boolean {
  return result.error !== null && result.error.code === toChartliftError(signal.reason).code;
}

/** A run of which every stream failed in the same way has that as its own error. */
function outcomeOf(results: readonly StreamResultRecord[]): RunOutcome {
  const failed = results.filter((result) => result.status === 'failed');
  if (failed.length === 0) return { status: 'success', error: null };
  if (failed.length < results.length) return { status: 'partial', error: null };
  const [first] = failed;
  const alike = failed.every((result) => result.error?.code === first?.error?.code);
  return { status: 'failed', error: alike ? (first?.error ?? null) : null };
}
