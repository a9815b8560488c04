const charts = (n: number) => (n === 1 ? '1 chart' : `${n} charts`);
const rows = (n: number) => (n === 1 ? '1 row' : `${n} rows`);

/** Words of the first three steps of "Add source", and of the frame around all five. */
export const words = {
  title: 'Add source',
  steps: {
    connector: 'Connector',
    access: 'Add account access',
    streams: 'Select streams',
    tables: 'Configure data streams',
    finish: 'Configure data source',
  },
  stepsLabel: 'Steps',
  stepOf: (step: number, all: number, name: string) => `Step ${step} of ${all}: ${name}`,
  done: 'done',
  back: 'Back',
  next: 'Next',
  startOver: 'Start over',
  startOverTitle: 'Start over?',
  startOverHelp: 'All that you chose and typed for this source goes. Nothing has been saved yet.',

  connector: {
    lead: 'Where does the data come from?',
    search: 'Search connectors',
    none: 'No connector has that name.',
    amplitude: 'Saved charts of Amplitude analytics. Each chart becomes one table.',
    other: 'Reads data from this service.',
    choose: 'Choose a connector to go on.',
    legend: 'Connectors',
  },

  access: {
    lead: 'You’ll need your Amplitude API credentials and Chart IDs for this connection.',
    secure:
      'Keep your API key and secret key secure. These credentials provide access to your Amplitude data. chartlift encrypts them and never shows them again.',
    where: (field: string) => `Where do I find this? ${field}`,
    whereShort: 'Where do I find this?',
    regions: { us: 'US', eu: 'EU' },
    help: {
      api_key: [
        'Log in to your Amplitude workspace',
        'Go to Settings (gear icon in the top-right)',
        'Navigate to Organization settings > API Keys',
        'Copy your API key from this page',
      ],
      secret_key: [
        'In Amplitude, go to Settings',
        'Navigate to Projects in the left sidebar',
        'Select your project',
        'Go to the General tab',
        'Scroll down to find the Secret key field',
        'Copy the secret key',
      ],
      chart_ids: [
        'Open your Amplitude workspace and navigate to the chart you want to sync',
        'Look at the URL in your browser’s address bar',
        'The chart ID is the alphanumeric string in the URL after /chart/ or in the id parameter',
      ],
    },
    examples: [
      ['https://analytics.amplitude.com/org-name/chart/', 'abc123def', ''],
      [
        'https://analytics.amplitude.com/org-name/workspace/project-name/analyze/chart?id=',
        'xyz789',
        '',
      ],
    ],
    tips: [
      'You can extract data from multiple charts by providing multiple Chart IDs',
      'Each chart will create a separate stream in your data warehouse',
      'Make sure you have access to the charts you want to sync',
    ],
    missing: (field: string) => `Fill in ${field} to go on.`,
    check: 'Next',
    checkAgain: 'Check again',
    goOn: (n: number) => `Continue with the ${n === 1 ? 'good one' : `${n} good ones`}`,
    removeFailed: (n: number) => `Remove the ${charts(n)} that cannot be read, and check again`,
    fill: 'Fill in all fields to go on.',
    wait: 'The charts are being checked.',
  },

  ids: {
    placeholder: 'Paste IDs or addresses of charts',
    more: 'Add another',
    remove: (id: string) => `Remove ${id}`,
    removeAll: 'Remove all',
    count: charts,
    again: (ids: readonly string[]) =>
      ids.length === 1
        ? `${ids[0]} was already in the list.`
        : `${ids.length} were already in the list: ${ids.join(', ')}.`,
    added: (n: number, all: number) => `${charts(n)} added, ${all} in the list.`,
    removed: (id: string) => `${id} removed.`,
    prose: (n: number, left: string) =>
      `${n === 1 ? 'One chart' : `${n} charts`} found in your text. Not taken for charts: “${left}”. If one of these words is an ID, type it by itself.`,
    problem: (input: string, reason: string) => `“${input}” ${reason}.`,
    dismiss: 'Dismiss',
    list: 'Charts in the list',
  },

  checks: {
    title: 'Checking access',
    titleEnded: 'Access checked',
    progress: (done: number, all: number) => `${done} of ${all} checked`,
    progressLabel: 'Progress of the checks',
    credentials: 'Credentials',
    credentialsOk: 'Amplitude accepts the keys.',
    waiting: 'Being checked',
    good: (n: number) => `${charts(n)} can be read`,
    bad: (n: number) => `${charts(n)} cannot be read`,
    gone: 'These checks are no longer kept. Check again.',
    lost: 'The connection is lost. chartlift goes on checking; this page tries again.',
    ok: 'Good',
    failed: 'Failed',
    recordsOf: (n: number) => (n === 1 ? 'record' : 'records'),
  },

  layouts: {
    time_series: 'Time series',
    categories: 'Categories',
    empty: 'Empty',
    of: {
      hour: (n: number) => (n === 1 ? '1 hour' : `${n} hours`),
      day: (n: number) => (n === 1 ? '1 day' : `${n} days`),
      week: (n: number) => (n === 1 ? '1 week' : `${n} weeks`),
      month: (n: number) => (n === 1 ? '1 month' : `${n} months`),
      quarter: (n: number) => (n === 1 ? '1 quarter' : `${n} quarters`),
      year: (n: number) => (n === 1 ? '1 year' : `${n} years`),
      other: (n: number) => (n === 1 ? '1 column' : `${n} columns`),
    },
    intervals: {
      hour: 'hourly',
      day: 'daily',
      week: 'weekly',
      month: 'monthly',
      quarter: 'quarterly',
      year: 'yearly',
    },
    size: (n: number, segments: string) => `${rows(n)} × ${segments}`,
  },

  streams: {
    lead: 'Choose which chart streams you want to sync - you can select all charts or pick specific ones that matter most to you.',
    find: 'Find streams',
    findHint: 'The stream can be found more easily by typing its chart ID.',
    findPlaceholder: 'Chart ID or title',
    all: 'Select all',
    selected: (n: number, all: number) => `${n} of ${all} selected`,
    none: 'No stream matches.',
    choose: 'Select at least one stream to go on.',
    metadataTitle: 'Information about all your charts',
    metadataHelp:
      'What each chart measures: title, metric, event, dimension and filters. Join it with the chart streams on chart_id.',
    preview: 'Preview',
    previewOf: (stream: string) => `Preview of ${stream}`,
    columns: 'Columns',
    firstRows: (n: number, all: number) =>
      n < all ? `First ${rows(n)} of ${all}` : n === 1 ? 'The only row' : `All ${rows(n)}`,
    plot: (title: string) => `Plot of the first rows of ${title}`,
    failed: 'Cannot be read',
    configured: 'Already in this source',
    noRows: 'The chart has no data. Check that it contains data in Amplitude before syncing.',
    legend: 'Streams',
  },
} as const;
