import { createLake } from '../catalog/lake-directory.ts';
import { openLakeReader } from '../catalog/lake-reader.ts';
import { formatTableId, type TableId } from '../catalog/table-id.ts';
import type { Clock } from '../clock.ts';
import { ChartliftError, type FieldIssue } from '../errors.ts';
import type { SourceRecord } from '../state/source-record.ts';
import type { SourceStore } from '../state/sources.ts';
import type { Trigger } from '../state/trigger.ts';
import { fieldsInvalid } from './account.ts';
import type { ChoiceSurroundings } from './stream-choice.ts';
import { adviseTrigger } from './trigger-advice.ts';

export interface SourceRuleParts {
  readonly sources: SourceStore;
  readonly lake: string;
  readonly clock: Clock;
}

/** What must hold between sources, and between sources and the catalog. */
export class SourceRules {
  readonly #parts: SourceRuleParts;

  constructor(parts: SourceRuleParts) {
    this.#parts = parts;
  }

  /** What may not be taken by streams of the source `owner`; null: of a new one. */
  async surroundings(owner: string | null): Promise<ChoiceSurroundings> {
    const { sources, lake } = this.#parts;
    await createLake(lake);
    const reader = await openLakeReader(lake);
    try {
      const tables = new Map(
        (await reader.tables()).map((table) => [formatTableId(table), table] as const),
      );
      const taken = new Map(
        (await sources.allStreams())
          .filter(({ selected }) => selected)
          .map((stream) => [formatTableId(stream), stream] as const),
      );
      return {
        layers: await reader.layers(),
        ownerOf: (id: TableId, stream: string) => {
          const claim = taken.get(formatTableId(id));
          if (claim !== undefined && !(claim.sourceId === owner && claim.name === stream)) {
            return `stream ${claim.name} of source ${claim.sourceName}`;
          }
          const table = tables.get(formatTableId(id));
          if (table === undefined || !table.readable) return null;
          if (table.stream === stream || claim !== undefined) return null;
          return table.stream === null ? 'another program' : `stream ${table.stream}`;
        },
      };
    } finally {
      await reader.close();
    }
  }

  /** What is wrong with the name of the source `own`; null: of a new one. */
  async nameIssues(name: string, own: string | null): Promise<FieldIssue[]> {
    const other = await this.#parts.sources.named(name.trim());
    if (other === null || other.id === own) return [];
    return [{ path: ['name'], message: 'is the name of another source' }];
  }

  /** What is wrong with a trigger of the source `own`; null: of a new one. */
  async triggerIssues(trigger: Trigger, own: string | null): Promise<FieldIssue[]> {
    const path = ['trigger'];
    if (trigger.type !== 'after') {
      try {
        adviseTrigger(trigger, [], this.#parts.clock.now());
        return [];
      } catch (error) {
        if (error instanceof ChartliftError) return [...error.issues];
        throw error;
      }
    }
    const seen = new Set(own === null ? [] : [own]);
    let next: string | null = trigger.source_id;
    while (next !== null) {
      if (seen.has(next)) return [{ path, message: 'would make the sources wait for each other' }];
      seen.add(next);
      const source: SourceRecord | null = await this.#parts.sources.get(next);
      if (source === null) {
        return [{ path: [...path, 'source_id'], message: 'is no source' }];
      }
      next = source.trigger.type === 'after' ? source.trigger.source_id : null;
    }
    return [];
  }
}

/** @throws ChartliftError `fields_invalid` unless there is no issue */
export function refuseIssues(issues: readonly FieldIssue[]): void {
  if (issues.length > 0) throw fieldsInvalid(issues);
}
