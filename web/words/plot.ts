const whole = new Intl.NumberFormat();

const steps = {
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  other: 'period',
} as const;

export const words = {
  nothing: 'Nothing to plot',
  nothingHelp: 'A plot needs a column of numbers beside dates or names.',
  download: 'Download image',
  downloaded: (file: string) => `The image was saved as ${file}.`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Show all',
  legend: 'Legend',
  showAll: 'Select all',
  showNone: 'Deselect all',
  more: (n: number) => `${whole.format(n)} more`,
  fewer: 'Fewer',
  view: 'What to plot',
  noValue: 'no value',
  unnamed: '(blank)',
  value: 'Value',
  moreValues: (n: number) => `and ${whole.format(n)} more`,
  hiddenSeries: (shown: number, all: number) =>
    `The ${whole.format(shown)} largest of ${whole.format(all)} are plotted.`,
  hiddenCategories: (shown: number, all: number) =>
    `The first ${whole.format(shown)} of ${whole.format(all)} are plotted.`,
  by: (dimension: string) => `By ${dimension}`,
  incomplete: (step: keyof typeof steps) =>
    `The last ${steps[step]} is not complete yet: its numbers may still change.`,
  numbers: 'To the numbers',
  kinds: { time: 'Lines over time', bar: 'Bars', line: 'Lines' },
  describe: (text: {
    readonly kind: string;
    readonly title: string;
    readonly series: number;
    readonly places: number;
    readonly from: string;
    readonly to: string;
    readonly least: string;
    readonly most: string;
  }) =>
    `${text.kind}: ${text.title}. ${whole.format(text.series)} series, ${whole.format(text.places)} places from ${text.from} to ${text.to}; values from ${text.least} to ${text.most}.`,
} as const;
