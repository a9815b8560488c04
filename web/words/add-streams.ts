const charts = (n: number) => (n === 1 ? '1 chart' : `${n} charts`);
const streams = (n: number) => (n === 1 ? '1 stream' : `${n} streams`);

/** Words of "Add streams": new charts for a source that is there. */
export const words = {
  title: 'Add streams',
  lead: 'Add charts to this source, and configure the tables where their data will be stored. Nothing changes for the streams that it has.',
  above: 'Where this belongs',
  sources: 'Sources',
  mayNot: 'You cannot change this source',
  mayNotHelp: 'Your role may look, but not add streams. Ask an editor or an administrator.',
  back: 'Back to the source',
  missing: 'This source does not exist',

  charts: '1. Charts',
  ids: 'Chart IDs',
  idsHelp:
    'The IDs of the Amplitude charts that you want to add, or their addresses. Paste as many as you like.',
  known: (ids: readonly string[]) =>
    ids.length === 1
      ? `${ids[0]} is in this source already.`
      : `${charts(ids.length)} of these are in this source already: ${ids.join(', ')}.`,
  check: 'Check charts',
  checkAgain: 'Check again',
  checking: 'Being checked',
  gone: 'These checks are no longer kept.',
  goneHelp: 'They are kept for a day. Check the charts again; what you typed is still here.',
  noneGood: 'None of these charts can be read.',
  noneGoodHelp: 'Correct what is told at each, then check again.',
  lost: 'The result could not be read.',

  streams: '2. Select streams',
  streamsLead: 'Choose which chart streams you want to sync.',
  tables: '3. Configure data streams',

  save: (n: number) => (n === 0 ? 'Add streams' : `Add ${streams(n)}`),
  cancel: 'Cancel',
  blocked: {
    ids: 'Add a chart ID first.',
    known: 'All of these charts are in this source already.',
    check: 'Check the charts first.',
    checking: 'The charts are being checked.',
    none: 'Select at least one stream.',
  },
  refused: 'Nothing was added yet',
  added: (n: number, source: string) => `${streams(n)} added to ${source}`,
  addedHelp: 'The next run extracts their data. You can run the source now, too.',
  runNow: 'Run now',
  close: 'Close',
} as const;
