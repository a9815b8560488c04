/** Which zones a person may choose, those they are likeliest to want first. */
export function timeZones(own: string, chosen: string): readonly string[] {
  // Browsers leave out UTC, and older names that a trigger may still have.
  return [...new Set([own, chosen, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

/** Whether a zone is what somebody types: "new york", "berlin". */
export function matchesZone(zone: string, typed: string): boolean {
  return plain(zone).includes(plain(typed));
}

/** The only zone that a text names: by all of its name ("utc"), its place ("new york") or a part; null for none or several. */
export function namedZone(zones: readonly string[], typed: string): string | null {
  const name = plain(typed);
  if (name === '') return null;
  const ways = [
    (zone: string) => plain(zone) === name,
    (zone: string) => plain(zone).endsWith(`/${name}`),
    (zone: string) => plain(zone).includes(name),
  ];
  for (const isNamed of ways) {
    const [only, ...others] = zones.filter(isNamed);
    if (only !== undefined) return others.length === 0 ? only : null;
  }
  return null;
}

/** How far a zone is from UTC at a time, such as "GMT+1". */
export function zoneOffset(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
