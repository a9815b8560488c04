import { describe, expect, it } from 'vitest';
import {
  NEW_TABLE_PROPERTIES,
  readLabels,
  sameProperties,
  tombstoneRetention,
  withLabels,
} from './table-properties.ts';

const labels = { stream: 'chart_a', source: 'amplitude', folder: null, title: 'A' };

describe('labels', () => {
  it('are written beside the properties that others set, and read back', () => {
    const properties = withLabels(
      { 'delta.appendOnly': 'false', 'chartlift.folder': 'Old' },
      labels,
    );
    expect(properties).toEqual({
      'delta.appendOnly': 'false',
      'chartlift.stream': 'chart_a',
      'chartlift.source': 'amplitude',
      'chartlift.title': 'A',
    });
    expect(readLabels(properties)).toEqual(labels);
  });

  it('are null in a table of another program', () => {
    expect(readLabels({})).toEqual({ stream: null, source: null, folder: null, title: null });
  });

  it('tell whether anything changed', () => {
    const properties = withLabels(NEW_TABLE_PROPERTIES, labels);
    expect(sameProperties(properties, withLabels(properties, labels))).toBe(true);
    expect(sameProperties(properties, withLabels(properties, { ...labels, title: 'B' }))).toBe(
      false,
    );
    expect(sameProperties(properties, withLabels(properties, { ...labels, title: null }))).toBe(
      false,
    );
  });
});

describe('how long tombstones are kept', () => {
  const DAY = 24 * 60 * 60 * 1000;
  it.each([
    [NEW_TABLE_PROPERTIES, 30 * DAY],
    [{}, 7 * DAY],
    [{ 'delta.deletedFileRetentionDuration': 'INTERVAL 36 hours' }, 1.5 * DAY],
    [{ 'delta.deletedFileRetentionDuration': '1 day' }, DAY],
    [{ 'delta.deletedFileRetentionDuration': 'interval 1 month' }, Number.POSITIVE_INFINITY],
  ])('with %j is %d ms', (configuration, expected) => {
    expect(tombstoneRetention(configuration)).toBe(expected);
  });
});
