import type { Column } from '../../stream/schema.ts';
import type { Stream } from '../../stream/stream.ts';

/** The stream with one row per configured chart (DESIGN §2.1). */
export const METADATA_STREAM = 'charts_metadata';

const CHART_COLUMNS: readonly Column[] = [
  {
    name: 'chart_id',
    type: 'string',
    nullable: false,
    description: 'The Amplitude chart ID.',
  },
  {
    name: 'dimension_name',
    type: 'string',
    nullable: false,
    description: 'The name of the dimension, such as Country; several are joined with "; ".',
  },
  {
    name: 'dimension_value',
    type: 'string',
    nullable: false,
    description: 'The value of the dimension, such as United States; several are joined with "; ".',
  },
  {
    name: 'segment',
    type: 'string',
    nullable: false,
    description: 'What the value is of: a date, a step, a measure.',
  },
  {
    name: 'value',
    type: 'double',
    nullable: true,
    description: 'The number; null where the chart has none.',
  },
];

const METADATA_COLUMNS: readonly Column[] = [
  {
    name: 'chart_id',
    type: 'string',
    nullable: false,
    description: 'The Amplitude chart ID.',
  },
  {
    name: 'title',
    type: 'string',
    nullable: true,
    description: 'The title of the chart as shown in Amplitude.',
  },
  {
    name: 'metric',
    type: 'string',
    nullable: true,
    description: 'What is measured, such as Uniques.',
  },
  {
    name: 'event',
    type: 'string',
    nullable: true,
    description: 'The events that are measured; several are joined with "; ".',
  },
  {
    name: 'dimension',
    type: 'string',
    nullable: true,
    description: 'What the chart is grouped by.',
  },
  {
    name: 'filters',
    type: 'string',
    nullable: true,
    description: 'The filters of the chart, as far as its report names them.',
  },
];

export function chartStreamName(chartId: string): string {
  return `chart_${chartId}`;
}

/** The stream of one chart: its data, unpivoted (DESIGN §2.1). */
export function chartStream(chartId: string): Stream {
  return {
    name: chartStreamName(chartId),
    description: `The data of Amplitude chart ${chartId}, one row per dimension value and segment.`,
    columns: CHART_COLUMNS,
    keys: ['dimension_value', 'segment'],
    syncModes: ['FULL_TABLE'],
  };
}

export const metadataStream: Stream = {
  name: METADATA_STREAM,
  description: 'What each configured Amplitude chart measures, one row per chart.',
  columns: METADATA_COLUMNS,
  keys: ['chart_id'],
  syncModes: ['FULL_TABLE'],
};
