import type { ColumnVector, RecordBatch } from '../../stream/record-batch.ts';
import type { Report } from './report/report.ts';
import { metadataStream } from './streams.ts';

/** A row of `charts_metadata` by column name (DESIGN §2.1). */
export type MetadataRow = Readonly<Record<string, string | null>>;

export function metadataRow(chartId: string, report: Report): MetadataRow {
  const { title, metric, event, filters } = report.metadata;
  return { chart_id: chartId, title, metric, event, dimension: report.dimension, filters };
}

/** Rows of `charts_metadata` as one batch, in the given order. */
export function metadataBatch(rows: readonly MetadataRow[]): RecordBatch {
  return {
    rows: rows.length,
    columns: metadataStream.columns.map(({ name }) => textVector(rows.map((row) => row[name]))),
  };
}

function textVector(texts: readonly (string | null | undefined)[]): ColumnVector {
  const values = texts.map((text) => text ?? '');
  const indices = Int32Array.from(texts, (text, at) => (text == null ? -1 : at));
  return { kind: 'dictionary', values, indices };
}
