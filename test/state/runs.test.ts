import { expect, it } from 'vitest';
import type { RunEventRecord, StreamResultRecord } from '../../src/state/run-record.ts';
import { RunStore } from '../../src/state/runs.ts';
import { SourceStore } from '../../src/state/sources.ts';
import { eachDatabase } from './each-database.ts';
import { ada, StoppedClock, sampleSource } from './sample-state.ts';

eachDatabase('RunStore', ({ open }) => {
  async function opened() {
    const clock = new StoppedClock();
    const database = await open({ clock });
    const runs = new RunStore(database, clock);
    const sources = new SourceStore(database, clock);
    return {
      clock,
      runs,
      sources,
      addSource: async (name: string) => (await sources.create(sampleSource({ name }), [])).id,
      /** A run that was queued and canceled a second after the one before. */
      async ended(sourceId: string): Promise<string> {
        clock.forward(1_000);
        const { run } = await runs.enqueue({ sourceId, cause: 'manual', startedBy: ada });
        await runs.requestCancel(run.id);
        return run.id;
      },
    };
  }

  function line(message: string, given: Partial<RunEventRecord> = {}) {
    const at = '2026-01-05T06:30:00.000Z';
    return { at, level: 'info', type: 'told', stream: null, message, data: {}, ...given } as const;
  }

  it('keeps what came of each stream, the last word counts', async () => {
    const { runs, addSource, ended, clock } = await opened();
    const runId = await ended(await addSource('S'));
    const failed: StreamResultRecord = {
      runId,
      stream: 'chart_b',
      table: 'raw.chart_b',
      title: null,
      status: 'failed',
      rows: null,
      version: null,
      bytes: null,
      change: null,
      durationMs: 12.5,
      attempts: 5,
      warnings: [],
      error: { code: 'amplitude_unavailable', message: 'what', help: 'how' },
      endedAt: clock.text,
    };
    const good: StreamResultRecord = {
      ...failed,
      stream: 'chart_a',
      title: 'Größe',
      status: 'success',
      rows: 2 ** 40,
      version: 3,
      bytes: 2 ** 45,
      change: { added: 1, removed: 2, changed: 3 },
      warnings: [{ code: 'value', message: 'row 3' }],
      error: null,
      endedAt: new Date(clock.now() + 1).toISOString(),
    };
    await runs.recordStream(good);
    await runs.recordStream(failed);
    const kept = { ...failed, durationMs: 13 };
    expect(await runs.results(runId)).toEqual([kept, { ...good, durationMs: 13 }]);
    await runs.recordStream({ ...good, stream: 'chart_b', durationMs: 1 });
    expect(await runs.results(runId)).toEqual([
      { ...good, durationMs: 13 },
      { ...good, stream: 'chart_b', durationMs: 1 },
    ]);
    expect(await runs.results('run_none')).toEqual([]);
  });

  it('numbers the lines of a log without a gap, however many write', async () => {
    const { runs, addSource, ended } = await opened();
    const runId = await ended(await addSource('S'));
    const other = await ended(await addSource('T'));
    const written = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        runs.appendEvents(runId, [line(`a ${index}`), line(`b ${index}`), line(`c ${index}`)]),
      ),
    );
    await runs.appendEvents(other, [line('elsewhere')]);
    const events = await runs.events(runId, { after: 0, limit: 100 });
    expect(events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(written.flat().toSorted((a, b) => a.seq - b.seq)).toEqual(events);
    for (const [first, second, third] of written) {
      expect([second?.seq, third?.seq]).toEqual([(first?.seq ?? 0) + 1, (first?.seq ?? 0) + 2]);
    }
    expect((await runs.events(runId, { after: 57, limit: 2 })).map(({ seq }) => seq)).toEqual([
      58, 59,
    ]);
    expect(await runs.appendEvents('run_none', [line('nowhere')])).toEqual([]);
    expect(await runs.appendEvents(runId, [])).toEqual([]);
  });

  it('finds lines of a log by level and text', async () => {
    const { runs, addSource, ended } = await opened();
    const runId = await ended(await addSource('S'));
    await runs.appendEvents(runId, [
      line('Reading 100% of it', { level: 'debug', stream: 'chart_Abc', data: { rows: 3 } }),
      line('Größe read'),
      line('Careful', { level: 'warn' }),
      line('Broken', { level: 'error' }),
    ]);
    const seqs = async (filter: { level?: RunEventRecord['level']; text?: string }) =>
      (await runs.events(runId, { after: 0, limit: 10, ...filter })).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([1, 2, 3, 4]);
    expect(await seqs({ level: 'warn' })).toEqual([3, 4]);
    expect(await seqs({ text: 'READ' })).toEqual([1, 2]);
    expect(await seqs({ text: 'größe' })).toEqual([2]);
    expect(await seqs({ text: '0%' })).toEqual([1]);
    expect(await seqs({ text: 'chart_abc' })).toEqual([1]);
    expect(await seqs({ text: 'chartXabc' })).toEqual([]);
    const [first] = await runs.events(runId, { after: 0, limit: 1 });
    expect(first).toMatchObject({ runId, data: { rows: 3 }, stream: 'chart_Abc' });
  });

  it('lists the newest first, filtered', async () => {
    const { runs, addSource, ended, clock } = await opened();
    const [apple, pear] = [await addSource('Äpfel'), await addSource('Pear')];
    const [first, second] = [await ended(apple), await ended(pear)];
    const since = clock.text;
    const third = await ended(apple);
    clock.forward(1_000);
    const last = await runs.enqueue({ sourceId: pear, cause: 'schedule', startedBy: ada });
    const ids = async (filter: Partial<Parameters<RunStore['list']>[0]>) =>
      (await runs.list({ limit: 10, ...filter })).items.map(({ id }) => id);
    expect(await ids({})).toEqual([last.run.id, third, second, first]);
    expect(await ids({ sourceId: apple })).toEqual([third, first]);
    expect(await ids({ statuses: ['canceled'] })).toEqual([third, second, first]);
    expect(await ids({ statuses: ['queued', 'running'] })).toEqual([last.run.id]);
    expect(await ids({ statuses: [] })).toEqual([]);
    expect(await ids({ cause: 'schedule' })).toEqual([last.run.id]);
    expect(await ids({ text: 'äPF' })).toEqual([third, first]);
    expect(await ids({ since })).toEqual([last.run.id, third, second]);
    const latest = await runs.latestOf([apple, pear, 'src_none']);
    expect(latest).toEqual(
      new Map([
        [apple, await runs.get(third)],
        [pear, last.run],
      ]),
    );
    expect(await runs.latestOf([])).toEqual(new Map());
  });

  it('turns pages while runs are added and removed', async () => {
    const { runs, addSource, ended } = await opened();
    const sourceId = await addSource('S');
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.unshift(await ended(sourceId));
    const first = await runs.list({ limit: 3 });
    await ended(sourceId);
    await ended(await addSource('T'));
    const second = await runs.list({ limit: 3, cursor: first.nextCursor ?? '' });
    await ended(sourceId);
    const third = await runs.list({ limit: 3, cursor: second.nextCursor ?? '' });
    const seen = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
    expect(seen).toEqual(ids);
    expect(third.nextCursor).toBeNull();
    const forged = runs.list({
      limit: 3,
      cursor: Buffer.from("' or 1=1 --").toString('base64url'),
    });
    await expect(forged).rejects.toMatchObject({ code: 'request_invalid' });
  });

  it('removes old runs with their logs, never the latest or one that has not ended', async () => {
    const { runs, addSource, ended, clock } = await opened();
    const [busy, idle, active] = [await addSource('B'), await addSource('I'), await addSource('A')];
    const lonely = await ended(idle);
    const waiting = await runs.enqueue({ sourceId: active, cause: 'manual', startedBy: ada });
    const ids: string[] = [];
    for (let count = 0; count < 6; count += 1) ids.push(await ended(busy));
    await runs.appendEvents(ids[0] ?? '', [line('gone')]);
    clock.forward(60_000);
    expect(await runs.prune({ keepPerSource: 4, olderThanMs: 3_600_000 })).toBe(2);
    expect(await runs.events(ids[0] ?? '', { after: 0, limit: 1 })).toEqual([]);
    const kept = async (sourceId: string) =>
      (await runs.list({ sourceId, limit: 10 })).items.map(({ id }) => id).reverse();
    expect(await kept(busy)).toEqual(ids.slice(2));
    // The third ended 63 seconds ago, the fourth 62.
    expect(await runs.prune({ keepPerSource: 100, olderThanMs: 62_500 })).toBe(1);
    expect(await kept(busy)).toEqual(ids.slice(3));
    expect(await runs.prune({ keepPerSource: 0, olderThanMs: 0 })).toBe(2);
    expect(await kept(busy)).toEqual(ids.slice(5));
    expect(await kept(idle)).toEqual([lonely]);
    expect(await kept(active)).toEqual([waiting.run.id]);
  });
});
