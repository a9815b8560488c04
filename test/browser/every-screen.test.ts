import { beforeAll, describe, expect, it } from 'vitest';
import {
  accountOf,
  endOfValidation,
  runToEnd,
  type ServiceUnderTest,
} from '../service/running-service.ts';
import { checkPage } from './kit/accessibility.ts';
import { expectVisible } from './kit/expect-visible.ts';
import { fileService } from './kit/file-service.ts';
import { type OpenAppOptions, type OpenedApp, openApp } from './kit/open-app.ts';
import { CHARTS, seedSource } from './kit/seeds.ts';
import { settled } from './kit/settled.ts';
import { ensurePerson } from './kit/sign-in.ts';

/** A screen that moves more than this while it loads is felt to jump (web.dev, "Cumulative Layout Shift": 0.1). */
const MOST_SHIFT = 0.05;

/** What stays in the window's list of shifts; without it Chromium keeps none that came before the question. */
const WATCH_SHIFTS = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (!hadRecentInput) shifts.push({ value, what: sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 160) ?? '') });
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

interface Shift {
  readonly value: number;
  readonly what: readonly string[];
}

/** Every address of `web/router.tsx`: its name for the picture, the address, and its heading. */
type Screen = readonly [name: string, path: string, heading: string | RegExp];

let screens: readonly Screen[];

/** Those before anybody is signed in, where the links are whole and where they are not. */
const ENTRY_SCREENS: readonly Screen[] = [
  ['sign-in', '/sign-in', 'Sign in'],
  ['setup-done', '/setup', 'This installation is set up'],
  ['invitation', '/invitation#token=abc', 'Set your password'],
  ['invitation-cut', '/invitation', 'The invitation is not whole'],
];

/** Fills the wizard in, as if somebody had come to its last step. */
let draft: string;

beforeAll(async () => {
  const service = await fileService();
  for (const role of ['admin', 'editor', 'viewer'] as const) await ensurePerson(service, role);
  const growth = await seedSource(service, {
    name: 'Growth',
    fields: {
      description: 'The metrics we agreed on',
      folder: 'growth',
      trigger: { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' },
    },
  });
  const finance = await seedSource(service, {
    name: 'Finance',
    charts: ['v9l4tm0a', 'a5u2qo9t'],
    fields: { prefix: 'fin_' },
  });
  await service.api('POST', '/tokens', { name: 'Nightly export', role: 'viewer' });
  draft = await draftOf(service);
  screens = screensOf(growth.id, String(growth.runId), await partialRun(service, finance.id));
});

/** How somebody comes to a screen. */
type Way = (app: OpenedApp, path: string) => Promise<void>;

/** By its address, in a page that has nothing of the app. */
const afresh: Way = ({ goto }, path) => goto(path);

/** From another screen, as a link does: the app stays, and what it knows. */
const within: Way = async ({ page }, path) => {
  const stays = new URL(page.url()).pathname === new URL(path, page.url()).pathname;
  await page.evaluate(
    `shifts = []; document.title = ${stays ? 'document.title' : "''"}; history.pushState({}, '', ${JSON.stringify(path)})`,
  );
  // A screen that is there names the window.
  await expect.poll(() => page.title(), { interval: 30 }).not.toBe('');
};

describe.each<[string, OpenAppOptions, Way]>([
  ['wide', {}, afresh],
  ['narrow', { width: 360, height: 740 }, within],
])('in a %s window, every screen', (window, options, way) => {
  it('can be used by everybody, is named, keeps still and fits', { timeout: 240_000 }, async () => {
    const app = await openApp({ ...options, isNew: true, path: '/sources' });
    await app.page.addInitScript(draft);
    expect(await visitAll(app, window, way, screens)).toEqual([]);
  });

  it('is as good before anybody is signed in', async () => {
    const app = await openApp({ ...options, isNew: true, role: null, path: '/sign-in' });
    expect(await visitAll(app, window, afresh, ENTRY_SCREENS)).toEqual([]);
  });
});

/** Opens each screen, and says what is wrong with any. */
async function visitAll(
  app: OpenedApp,
  window: string,
  way: Way,
  list: readonly Screen[],
): Promise<readonly string[]> {
  await app.page.addInitScript(WATCH_SHIFTS);
  // Such scripts run in what is loaded after them.
  await app.page.reload();
  const wrong: string[] = [];
  const titles = new Map<string, string>();
  for (const screen of list) {
    for (const problem of await visit(app, window, way, screen))
      wrong.push(`${screen[1]}: ${problem}`);
    const title = await app.page.title();
    const { pathname, searchParams } = new URL(app.page.url());
    const place = [pathname, ...searchParams.getAll('tab')].join(' ');
    const other = titles.get(title) ?? place;
    if (other !== place) wrong.push(`${place} is named as ${other} is: ${title}`);
    titles.set(title, place);
  }
  return wrong;
}

/** Opens a screen, takes its pictures, and says what is wrong with it. */
async function visit(
  app: OpenedApp,
  window: string,
  way: Way,
  [name, path, heading]: Screen,
): Promise<readonly string[]> {
  const { page, shot } = app;
  const problems: string[] = [];
  const note = (error: Error) => problems.push(error.message);
  await way(app, path);
  await expectVisible(page.getByRole('heading', { level: 1, name: heading }).first());
  await settled(page);
  const shifts = await page.evaluate<Shift[]>('shifts');
  const shift = shifts.reduce((sum, { value }) => sum + value, 0);
  if (shift >= MOST_SHIFT)
    problems.push(`shifts by ${shift.toFixed(3)}: ${JSON.stringify(shifts)}`);
  const headings = await page.getByRole('heading', { level: 1 }).count();
  if (headings !== 1) problems.push(`has ${headings} headings of level 1`);
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (wider > 0) problems.push(`is ${wider} px wider than the window`);
  await shot(`every-${name}-${window}`);
  await checkPage(page).catch(note);
  if (window === 'narrow') return problems;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('[data-mantine-color-scheme=dark]').waitFor();
  await shot(`every-${name}-dark`);
  // Nothing but the colours is another.
  await checkPage(page, ['color-contrast']).catch(note);
  await page.emulateMedia({ colorScheme: 'light' });
  return problems;
}

/** A run of which one chart fails. @returns its id */
async function partialRun(service: ServiceUnderTest, sourceId: string): Promise<string> {
  service.simulator.setFault('a5u2qo9t', { kind: 'html', times: 1 });
  const run = await runToEnd(service, sourceId);
  if (run.status !== 'partial') throw new Error(`The run is to be partial: ${run.status}`);
  return String(run.id);
}

/** What the wizard keeps in its tab after all charts were checked. */
async function draftOf({ api, simulator }: ServiceUnderTest): Promise<string> {
  const config = accountOf(simulator, CHARTS);
  const { body } = await api('POST', '/validations', { connector: 'amplitude', config });
  const { id: validationId } = await endOfValidation(api, body.id);
  const selected = CHARTS.map((id) => `chart_${id}`);
  const kept = JSON.stringify({
    connector: 'amplitude',
    config,
    validationId,
    selected,
    prefix: 'new_',
  });
  return `sessionStorage.setItem('chartlift:add-source', ${JSON.stringify(kept)})`;
}

function screensOf(source: string, run: string, partial: string): readonly Screen[] {
  const [chart] = CHARTS;
  const table = `/catalog/raw/chart_${chart}`;
  return [
    ['sources', '/sources', 'Sources'],
    ['sources-none-found', '/sources?text=nothing', 'Sources'],
    ['add-connector', '/sources/add', 'Add source'],
    ['add-access', '/sources/add/access', 'Add source'],
    ['add-streams', '/sources/add/streams', 'Add source'],
    ['add-tables', '/sources/add/tables', 'Add source'],
    ['add-finish', '/sources/add/finish', 'Add source'],
    ['source', `/sources/${source}`, 'Growth'],
    ['source-streams', `/sources/${source}/streams`, 'Growth'],
    ['source-runs', `/sources/${source}/runs`, 'Growth'],
    ['source-settings', `/sources/${source}/settings`, 'Growth'],
    ['source-add-streams', `/sources/${source}/add-streams`, /Add streams/],
    ['run', `/runs/${run}`, 'Run of Growth'],
    ['run-partial', `/runs/${partial}`, 'Run of Finance'],
    ['catalog', '/catalog', 'Catalog'],
    ['table', table, /Daily buyers/],
    ['table-columns', `${table}?tab=columns`, /Daily buyers/],
    ['table-versions', `${table}?tab=versions`, /Daily buyers/],
    ['table-use', `${table}?tab=use`, /Daily buyers/],
    ['explorer', '/explorer', 'Explorer'],
    ['settings-layers', '/settings', 'Layers'],
    ['settings-tokens', '/settings/tokens', /tokens/i],
    ['settings-users', '/settings/users', 'Users'],
    ['settings-audit', '/settings/audit', /Audit/],
    ['settings-account', '/settings/account', /account/i],
    ['settings-about', '/settings/about', /About/],
    ['not-found', '/nothing/here', 'There is nothing at this address'],
  ];
}
