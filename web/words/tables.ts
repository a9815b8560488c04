const streams = (n: number) => (n === 1 ? '1 stream' : `${n} streams`);

/** Words of step 4 of the wizard, "Configure data streams", and of the same form for an existing source. */
export const words = {
  title: 'Configure data streams',
  lead: 'Customize how you want your data to appear in your catalog: the layer where it is placed, a folder inside the layer, a name for each table and the type of sync. All of it is filled in: change what you like, or go on.',
  forAll: 'For all streams',
  layer: 'Layer',
  layerHelp: 'Where you find the tables in your catalog.',
  folder: 'Folder',
  folderHelp: 'Groups the tables inside the layer. Choose one, or type a new name.',
  noFolder: 'No folder',
  newFolder: (folder: string) => `“${folder}” is a new folder.`,
  prefix: 'Prefix of the table names',
  prefixHelp:
    'We suggest a name, but feel free to customize it. You have the option to add a prefix to all tables at once and make this process faster!',
  examples: 'Suggested names:',
  noPrefix: 'None',
  applyToAll: 'Apply to all',
  applyHelp: (n: number) =>
    n === 1
      ? '1 stream has a layer or folder of its own.'
      : `${n} streams have a layer or folder of their own.`,
  sync: 'Sync type',
  fullTable: 'FULL_TABLE',
  recommended: 'Recommended',
  fullTableReason:
    'Recommended for Amplitude charts, since chart data represents aggregated metrics that should reflect the current state. Each extraction fetches the complete current state of the chart data.',
  incremental: 'Incremental',
  incrementalReason:
    'Not available: the connector does not support incremental sync as chart data is typically historical and aggregated.',
  tables: 'Tables',
  count: (n: number) => (n === 1 ? '1 table' : `${n} tables`),
  columns: {
    stream: 'Stream',
    layer: 'Layer',
    folder: 'Folder',
    table: 'Table name',
    note: 'Note',
    reset: 'Reset',
  },
  of: (field: string, stream: string) => `${field} of ${stream}`,
  notePlaceholder: 'What this chart is for',
  becomes: 'Becomes',
  adopts: 'Goes on with the table that is there.',
  reset: (name: string) => `Back to ${name}`,
  resetOf: (stream: string, name: string) => `${stream}: back to ${name}`,
  use: (name: string) => `Use ${name}`,
  find: 'Find a stream',
  findHint: 'Chart ID, title or table',
  onlyIssues: (n: number) => (n === 0 ? 'No problems' : `Problems only (${n})`),
  noneFound: 'No stream matches.',
  showAll: 'Show all',

  issues: {
    tableEmpty: 'Give the table a name.',
    tableCharacters: 'Use a-z, 0-9 and _ only.',
    tableDigit: 'Start with a letter or _, not with a digit.',
    tableLong: (most: number) => `Use ${most} characters at most.`,
    tableReserved: 'Delta Lake needs this name for itself.',
    taken: (owner: string) => `This table belongs to ${owner}.`,
    takenSuggestion: (owner: string) =>
      `This table belongs to ${owner}. Give it another name, or a prefix to all.`,
    same: (name: string, stream: string) => `${name} is the table of ${stream}, too.`,
    layerUnknown: (layer: string) => `${layer} is no layer of the catalog any more.`,
    folderLong: (most: number) => `Use ${most} characters at most.`,
    noteLong: (most: number) => `Use ${most} characters at most.`,
    prefixCharacters: 'Use a-z, 0-9 and _ only.',
    prefixLong: 'This is too long for a table name.',
  },
  owners: {
    source: (source: string) => `the source ${source}`,
    left: (stream: string) => `the stream ${stream}`,
    other: 'another program',
  },
  blocked: (n: number) =>
    n === 1
      ? 'One stream needs another place or name.'
      : `${streams(n)} need another place or name.`,
  blockedForAll: 'Correct what holds for all streams.',
  loading: 'Reading the names that are taken',
  takenFailed: 'The tables that are there could not be read. Names are checked when you finish.',
  noStreams: 'No stream is selected',
} as const;
