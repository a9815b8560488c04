const HOSTS: Readonly<Record<string, string>> = {
  us: 'https://analytics.amplitude.com',
  eu: 'https://analytics.eu.amplitude.com',
};

/** The id of the chart that a stream reads; null for the stream of metadata and other connectors. */
export function chartIdOf(stream: string | null | undefined): string | null {
  const found = /^chart_(.+)$/.exec(stream ?? '');
  return found?.[1] ?? null;
}

/** Where people see the chart in Amplitude; null if nobody says in which region it is. */
export function chartLink(chartId: string, config: unknown): string | null {
  if (typeof config !== 'object' || config === null || !('region' in config)) return null;
  const host = HOSTS[String(config.region)];
  return host === undefined ? null : `${host}/chart/${encodeURIComponent(chartId)}`;
}
