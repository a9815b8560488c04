import { expect, it } from 'vitest';
import type { RunEventRecord, StreamResultRecord } from '../../src/state/run-record.ts';
import { RunStore } from '../../src/state/runs.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { eachDatabase } from './each-database.ts';
import { ada, StoppedClock, sampleSource, sampleStream } from './sample-state.ts';

eachDatabase('RunStore.record', ({ open }) => {
  async function opened() {
    const clock = new StoppedClock();
    const database = await open({ clock });
    const runs = new RunStore(database, clock);
    const sources = new SourceStore(database, clock);
    const queued = async (name: string) => {
      const streams = [sampleStream('chart_a', { table: name })];
      const { id: sourceId } = await sources.create(sampleSource({ name }), streams);
      const { run } = await runs.enqueue({ sourceId, cause: 'manual', startedBy: ada });
      return run;
    };
    return { runs, sources, clock, queued };
  }

  const line = (message: string): Omit<RunEventRecord, 'runId' | 'seq'> => {
    const at = '2026-01-05T06:30:00.000Z';
    return { at, level: 'info', type: 'told', stream: null, message, data: {} };
  };
  const result = (runId: string, endedAt: string): StreamResultRecord => ({
    runId,
    stream: 'chart_a',
    table: 'raw.chart_a',
    title: 'A',
    status: 'success',
    rows: 3,
    version: 0,
    bytes: 100,
    change: { added: 3, removed: 0, changed: 0 },
    durationMs: 5,
    attempts: 1,
    warnings: [],
    error: null,
    endedAt,
  });

  it('keeps lines and results of several runs, each with numbers of its own', async () => {
    const { runs, clock, queued } = await opened();
    const one = await queued('One');
    const two = await queued('Two');
    await runs.record([
      { runId: two.id, lines: [line('c')], results: [result(two.id, clock.text)], titles: [] },
      { runId: one.id, lines: [line('a'), line('b')], results: [], titles: [] },
    ]);
    await runs.record([{ runId: two.id, lines: [line('d')], results: [], titles: [] }]);
    const told = async (id: string) =>
      (await runs.events(id, { after: 0, limit: 10 })).map(({ seq, message }) => [seq, message]);
    expect(await told(one.id)).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(await told(two.id)).toEqual([
      [1, 'c'],
      [2, 'd'],
    ]);
    expect(await runs.results(two.id)).toEqual([result(two.id, clock.text)]);
  });

  it('leaves out a run that was removed, and a stream that was taken out', async () => {
    const { runs, sources, clock, queued } = await opened();
    const gone = await queued('Gone');
    const stays = await queued('Stays');
    await sources.remove(gone.sourceId);
    const titles = [{ sourceId: stays.sourceId, stream: 'not_there', title: 'A' }];
    await runs.record([
      { runId: gone.id, lines: [line('a')], results: [result(gone.id, clock.text)], titles: [] },
      { runId: stays.id, lines: [line('b')], results: [], titles },
    ]);
    expect(await runs.events(stays.id, { after: 0, limit: 10 })).toHaveLength(1);
    expect(await runs.results(gone.id)).toEqual([]);
  });

  it('keeps the last result of a stream, and the titles of all, however many there are', async () => {
    const { runs, sources, clock, queued } = await opened();
    const [one, two] = [await queued('One'), await queued('Two')];
    const results = Array.from({ length: 1_600 }, (_, at) => ({
      ...result(one.id, clock.text),
      stream: `chart_${String(at % 1_500).padStart(4, '0')}`,
      rows: at,
    }));
    const titlesOf = (sourceId: string) => [
      { sourceId, stream: 'chart_a', title: 'Before' },
      { sourceId, stream: 'chart_a', title: `Of ${sourceId}` },
    ];
    await runs.record([
      { runId: one.id, lines: [], results, titles: titlesOf(one.sourceId) },
      { runId: two.id, lines: [line('a')], results: [], titles: titlesOf(two.sourceId) },
    ]);
    const kept = await runs.results(one.id);
    expect(kept).toHaveLength(1_500);
    expect(kept[99]).toEqual(results[1_599]);
    expect(kept[100]).toEqual(results[100]);
    for (const { sourceId } of [one, two]) {
      const [stream] = await sources.streams(sourceId);
      expect(stream?.title).toBe(`Of ${sourceId}`);
    }
  });
});
