const whole = new Intl.NumberFormat();

export const words = {
  nothing: 'Nothing to plot',
  nothingHelp: 'A plot needs a column of numbers beside dates or names.',
  download: 'Download image',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Show all',
  zoomHelp: 'Drag the slider beneath, or hold Ctrl and turn the wheel.',
  legend: 'Legend',
  showAll: 'All',
  showNone: 'None',
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
  incomplete: 'The shaded end was not over when the data was fetched: it may still grow.',
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
