const charts = (n: number) => (n === 1 ? '1 chart' : `${n} charts`);

/** Words of step 5 of the wizard, "Configure data source". */
export const words = {
  title: 'Configure data source',
  lead: 'Name and describe your source, and say how often you want data to be extracted from it.',
  name: 'Name',
  nameHelp: 'How your source is called on the Sources page.',
  nameMissing: 'Give your source a name.',
  nameTaken: 'Another source has this name.',
  description: 'Description',
  descriptionHelp:
    'Describe your data source for easy identification within your organization, not exceeding 140 characters.',
  count: (n: number, most: number) => `${n} of ${most}`,
  left: (n: number) => (n === 1 ? '1 character left' : `${n} characters left`),
  tooMany: (n: number) => (n === 1 ? 'One character too many' : `${n} characters too many`),
  descriptionLong: 'The description is too long.',
  numberedName: (name: string, n: number) => `${name} ${n}`,

  summary: 'Summary',
  connector: 'Connector',
  charts: 'Charts',
  chartCount: charts,
  region: 'Region',
  regions: { us: 'US', eu: 'EU' },
  tables: (n: number) => (n === 1 ? 'Table' : `${n} tables`),
  inFolder: (folder: string) => `in ${folder}`,
  sync: 'Sync type',
  fullTable: 'FULL_TABLE',
  edit: 'Edit',
  editOf: (what: string) => `Edit ${what}`,
  more: (n: number) => `Show ${n} more`,

  finish: 'Finish',
  finishAndRun: 'Finish and run',
  fix: { access: 'Fix in step 2', streams: 'Fix in step 3', tables: 'Fix in step 4' },
  refused: 'The source is not made yet',
  refusedHelp: 'Nothing was saved. Correct this, then finish.',
  streamIssue: (stream: string, message: string) => `${stream}: ${message}`,
  fieldIssue: (field: string, message: string) => `${field} ${message}`,
  fields: {
    layer: 'The layer',
    folder: 'The folder',
    prefix: 'The prefix',
    streams: 'The choice',
    trigger: 'The trigger',
  },

  close: 'Close',
  created: (name: string) => `${name} is ready`,
  createdHelp: 'You can view your new source on the Sources page.',
  createdRunning:
    'You can view your new source on the Sources page. Its first extraction is running.',
  notRun: (name: string) => `${name} is made, but could not be run`,
  notRunHelp: (why: string) => `${why} Run it with the arrow button.`,
} as const;
