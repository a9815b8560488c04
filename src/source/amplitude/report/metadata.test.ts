import { describe, expect, it } from 'vitest';
import { readPreamble } from './metadata.ts';

const nothing = { title: null, description: null, metric: null, event: null, filters: null };

describe('the preamble', () => {
  it('may be missing', () => {
    expect(readPreamble([])).toEqual(nothing);
  });

  it('has title and description, metric and events, then filters', () => {
    expect(
      readPreamble([
        [['\tTitle'], ['\tWhat it is'], ['\tand more']],
        [['\tConversion', '\tOverall'], ['\tFirst'], ['\tSecond', '\tthird']],
        [['\tplan = pro']],
        [['\tcountry'], ['\tdevice']],
      ]),
    ).toEqual({
      title: 'Title',
      description: 'What it is; and more',
      metric: 'Conversion; Overall',
      event: 'First; Second; third',
      filters: 'plan = pro; country; device',
    });
  });

  it('leaves out what is blank', () => {
    expect(readPreamble([[['\t']], [['\t'], ['\tEvent', ''], ['', '\t']]])).toEqual({
      ...nothing,
      event: 'Event',
    });
  });

  it.each(['https://app.amplitude.com/a/chart/x', '\thttp://example.com'])(
    'skips a leading address: %s',
    (address) => {
      expect(readPreamble([[[address], ['\tTitle']], [['\tUniques']]])).toMatchObject({
        title: 'Title',
        metric: 'Uniques',
      });
      expect(readPreamble([[[address]], [['\tTitle']], [['\tUniques']]])).toMatchObject({
        title: 'Title',
        metric: 'Uniques',
      });
    },
  );

  it('keeps an address that does not lead, and a title that only mentions one', () => {
    expect(readPreamble([[['\tTitle'], ['\thttps://example.com']]])).toMatchObject({
      title: 'Title',
      description: 'https://example.com',
    });
    expect(readPreamble([[['\tsee https://example.com']]]).title).toBe('see https://example.com');
    expect(readPreamble([[['\thttps is on']]]).title).toBe('https is on');
  });
});
