import { ChartliftError } from '../../errors.ts';

/** A part of a list of charts that names none, and what to do about it. */
export interface ChartLinkProblem {
  /** What was given, shortened; masked where it could be a key. */
  readonly input: string;
  readonly reason: string;
  readonly hint: string;
}

/** What a text names: ids without repetition in the order of their first mention, and the rest. */
export interface ChartList {
  readonly ids: readonly string[];
  readonly problems: readonly ChartLinkProblem[];
}

type Reading =
  | { readonly id: string }
  | { readonly reason: string; readonly hint: string; readonly masked?: true };

/** Ids seen are 6 to 9 characters long (reference §7); this leaves room and still bounds table names. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** A key, a secret or the token of a share link (reference §7): 32 hexadecimal digits, never a chart id. */
const KEY_OR_SHARE_TOKEN = /^[0-9a-f]{32}$/i;

/** Words that stand where an id would, in the web application's own paths (reference §7). */
const NOT_AN_ID = new Set(['new', 'share', 'dashboard', 'chart', 'edit']);

/** Longer than any address that a browser shows; whatever is longer is not read at all. */
const MAX_LENGTH = 2_000;

const SHOWN_LENGTH = 80;

const COPY_HINT =
  "Open the chart in Amplitude and copy its address, such as https://analytics.amplitude.com/org-name/chart/abc123, or the part after '/chart/'.";

const UNSAVED = {
  reason: 'is a chart that has not been saved yet',
  hint: 'Save the chart in Amplitude, then copy its address again: only saved charts have an id.',
};

const SHARED = {
  reason: 'is a share link, which does not tell the id of the chart',
  hint: `Open the chart itself instead of its share link. ${COPY_HINT}`,
};

const DASHBOARD = {
  reason: 'is a dashboard, not a chart',
  hint: 'Open each chart of the dashboard (click its title) and copy the addresses of the charts.',
};

/**
 * Reads chart ids and addresses of charts, separated by commas, semicolons, spaces or lines: whatever
 * a person pastes. Takes time proportional to the text.
 */
export function parseChartList(text: string): ChartList {
  const ids = new Set<string>();
  const problems: ChartLinkProblem[] = [];
  for (const part of text.split(/[\s,;]+/)) {
    if (part === '') continue;
    const reading = readPart(part);
    if ('id' in reading) ids.add(reading.id);
    else problems.push({ input: shown(part, reading), reason: reading.reason, hint: reading.hint });
  }
  return { ids: [...ids], problems };
}

/**
 * Reads exactly one chart id or address.
 *
 * @throws ChartliftError `chart_link_invalid`
 */
export function parseChartLink(text: string): string {
  const { ids, problems } = parseChartList(text);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new ChartliftError(
      'chart_link_invalid',
      `"${problem.input}" ${problem.reason}.`,
      problem.hint,
    );
  }
  const [id, ...more] = ids;
  if (id === undefined || more.length > 0) {
    const found = id === undefined ? 'No chart' : `${ids.length} charts`;
    throw new ChartliftError('chart_link_invalid', `${found} given instead of one.`, COPY_HINT);
  }
  return id;
}

function readPart(part: string): Reading {
  if (part.length > MAX_LENGTH) return { reason: 'is too long for an address', hint: COPY_HINT };
  // Lists copied from code, JSON or mail bring their quotes and brackets along, sentences what ends them.
  const bare = part.replace(/^["'<[(]+/, '').replace(/["'>\]).:!?]{1,10}$/, '');
  return /[/.?:#]/.test(bare) ? readAddress(bare) : readId(bare);
}

function readId(text: string): Reading {
  if (text === 'new') return UNSAVED;
  if (KEY_OR_SHARE_TOKEN.test(text)) {
    return {
      reason: 'looks like a key or the token of a share link, not like a chart id',
      hint: COPY_HINT,
      masked: true,
    };
  }
  if (!ID.test(text) || NOT_AN_ID.has(text)) {
    return { reason: 'is not a chart id', hint: COPY_HINT };
  }
  return { id: text };
}

function readAddress(text: string): Reading {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return { reason: 'is neither a chart id nor an address', hint: COPY_HINT };
  }
  if (url.hostname !== 'amplitude.com' && !url.hostname.endsWith('.amplitude.com')) {
    return { reason: 'is not an address at amplitude.com', hint: COPY_HINT };
  }
  const path = url.pathname.split('/').filter((segment) => segment !== '');
  // The first segment is the organisation's own name, which may be "chart" too.
  const at = path.indexOf('chart', 1) === -1 ? path.indexOf('chart') : path.indexOf('chart', 1);
  if (at === -1) return readOtherAddress(path);
  const id = path[at + 1] ?? url.searchParams.get('id');
  return id === null ? { reason: 'does not name a chart', hint: COPY_HINT } : readId(id);
}

function readOtherAddress(path: readonly string[]): Reading {
  if (path.includes('share')) return SHARED;
  if (path.includes('dashboard')) return DASHBOARD;
  return { reason: "is not a chart's address", hint: COPY_HINT };
}

function shown(part: string, reading: { readonly masked?: true }): string {
  if (reading.masked) return `${part.slice(0, 4)}… (${part.length} characters)`;
  return part.length > SHOWN_LENGTH ? `${part.slice(0, SHOWN_LENGTH)}…` : part;
}
