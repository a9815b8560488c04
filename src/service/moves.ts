import { z } from 'zod';
import { renameTable, setFolder } from '../catalog/edit-table.ts';
import { renameLayer } from '../catalog/layers.ts';
import { formatTableId } from '../catalog/table-id.ts';
import { ChartliftError, toChartliftError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { SettingStore } from '../state/settings.ts';
import type { StreamRecord } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';

const SETTING = 'unfinished_move';

const placeSchema = z.object({
  layer: z.string(),
  folder: z.string().nullable(),
  table: z.string(),
});

const moveSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('layer'), from: z.string(), to: z.string() }),
  z.object({
    kind: z.literal('table'),
    sourceId: z.string(),
    stream: z.string(),
    from: placeSchema,
    to: placeSchema,
  }),
]);

type Move = z.output<typeof moveSchema>;
export type Place = z.output<typeof placeSchema>;

export interface MoveParts {
  readonly lake: string;
  readonly store: SourceStore;
  readonly settings: SettingStore;
  readonly logger: Logger;
}

/**
 * Moves tables and layers in the lake and in what is configured, one after the other. Each is written
 * down before it begins, so that a start after a crash finishes what was half done.
 */
export class Moves {
  readonly #parts: MoveParts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: MoveParts) {
    this.#parts = parts;
  }

  /** @throws ChartliftError `layer_unknown`, `layer_name_invalid`, `layer_taken` */
  renameLayer(from: string, to: string): Promise<void> {
    return this.#alone(async () => {
      const { lake, store } = this.#parts;
      await this.#written({ kind: 'layer', from, to }, async () => {
        await renameLayer(lake, from, to);
        await store.renameLayer(from, to);
      });
    });
  }

  /**
   * Gives a stream its new place; a table that is there goes along.
   *
   * @param allowed called once the stream has its new place; what it throws undoes that
   * @throws ChartliftError `table_name_taken`, `commit_conflict`, `layer_unknown`, …
   */
  moveStream(
    before: StreamRecord,
    after: StreamRecord,
    allowed: () => Promise<void>,
  ): Promise<StreamRecord> {
    return this.#alone(async () => {
      const { store } = this.#parts;
      const { sourceId, name: stream } = before;
      const move: Move = {
        kind: 'table',
        sourceId,
        stream,
        from: placeOf(before),
        to: placeOf(after),
      };
      return this.#written(move, async () => {
        const record = await store.updateStream(sourceId, stream, after);
        try {
          await allowed();
          await this.#moveTable(move.from, move.to);
          return record;
        } catch (error) {
          await store.updateStream(sourceId, stream, before);
          throw error;
        }
      });
    });
  }

  /** Finishes what a process that died has begun. */
  async finish(): Promise<void> {
    const { lake, store, settings, logger } = this.#parts;
    const text = await settings.get(SETTING);
    if (text === null) return;
    try {
      const move = moveSchema.parse(JSON.parse(text));
      if (move.kind === 'layer') {
        await renameLayer(lake, move.from, move.to).catch(unlessGone);
        await store.renameLayer(move.from, move.to);
      } else {
        await store.updateStream(move.sourceId, move.stream, move.to);
        await this.#moveTable(move.from, move.to);
      }
      logger.warn({ move }, 'a move that was cut off is finished');
    } catch (error) {
      logger.error({ err: toChartliftError(error), move: text }, 'a move could not be finished');
    }
    await settings.remove(SETTING);
  }

  /** A stream that never ran has no table yet. */
  async #moveTable(from: Place, to: Place): Promise<void> {
    const { lake } = this.#parts;
    // The name decides, so it comes last: a folder is written again by the next run.
    if (from.folder !== to.folder) await setFolder(lake, from, to.folder).catch(unlessGone);
    if (formatTableId(from) !== formatTableId(to)) {
      await renameTable(lake, from, to).catch(unlessGone);
    }
  }

  async #written<Result>(move: Move, act: () => Promise<Result>): Promise<Result> {
    const { settings } = this.#parts;
    await settings.set(SETTING, JSON.stringify(move));
    try {
      return await act();
    } finally {
      await settings.remove(SETTING);
    }
  }

  #alone<Result>(act: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(act);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

function placeOf({ layer, folder, table }: StreamRecord): Place {
  return { layer, folder, table };
}

function unlessGone(error: unknown): void {
  const isGone =
    error instanceof ChartliftError &&
    (error.code === 'table_not_found' || error.code === 'layer_unknown');
  if (!isGone) throw error;
}
