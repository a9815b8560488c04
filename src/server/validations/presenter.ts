import type { z } from '@hono/zod-openapi';
import type { CheckRecord, DiscoveredStream } from '../../service/validations.ts';
import type { ValidationRecord } from '../../state/validations.ts';
import type { checkSchema, validationSchema } from './schema.ts';

/** A check as the API shows it. */
export function presentCheck(seq: number, check: CheckRecord): z.output<typeof checkSchema> {
  const { summary } = check;
  const shape = summary?.shape;
  return {
    seq,
    stream: check.stream,
    ok: check.ok,
    title: summary?.title ?? null,
    description: summary?.description ?? null,
    dimension: summary?.dimension ?? null,
    records: summary?.records ?? null,
    shape: shape
      ? {
          layout: shape.layout,
          interval: shape.interval,
          rows: shape.rows,
          segments: shape.segments,
          cache_ms: shape.cacheMs,
        }
      : null,
    first_rows: summary?.firstRows.map((row) => [...row]) ?? [],
    metadata: summary ? { ...summary.metadata } : null,
    warnings: [...check.warnings],
    error: check.error,
  };
}

/** A validation as the API shows it. */
export function presentValidation(
  validation: ValidationRecord,
  checks: readonly { readonly seq: number; readonly check: CheckRecord }[],
  streams: readonly DiscoveredStream[],
): z.output<typeof validationSchema> {
  return {
    id: validation.id,
    status: validation.status,
    purpose: validation.purpose,
    connector: validation.connector,
    source_id: validation.sourceId,
    config: { ...validation.config },
    created_at: validation.createdAt,
    checks: checks.map(({ seq, check }) => presentCheck(seq, check)),
    streams: streams.map((stream) => ({
      stream: stream.name,
      description: stream.description,
      columns: stream.columns.map((column) => ({ ...column })),
      sync_modes: [...stream.syncModes],
      suggested_table: stream.suggestedTable,
      configured: stream.configured,
    })),
  };
}
