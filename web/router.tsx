import { createRootRoute, createRoute, createRouter, redirect } from '@tanstack/react-router';
import { ProblemError } from './api/problem-error.ts';
import { sessionQuery } from './api/queries.ts';
import { queryClient } from './api/query-client.ts';
import { sessionEnded } from './api/session-end.ts';
import { readAuditSearch } from './settings/audit-search.ts';
import { AppFrame } from './shell/app-frame.tsx';
import { lazyScreen } from './shell/lazy-screen.ts';
import { NotFound } from './shell/not-found.tsx';
import { RootFrame } from './shell/root-frame.tsx';
import { ScreenError } from './shell/screen-error.tsx';
import { ScreenPending } from './shell/screen-pending.tsx';
import { SourcesScreen } from './sources/sources-screen.tsx';

const root = createRootRoute({ component: RootFrame, notFoundComponent: NotFound });

/** Everything that needs somebody signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: AppFrame,
  beforeLoad: async ({ location }) => {
    try {
      const session = await queryClient.ensureQueryData(sessionQuery);
      sessionEnded.enter();
      return { session };
    } catch (error) {
      if (error instanceof ProblemError && error.isSignedOut) {
        throw redirect({ to: '/sign-in', search: { next: location.href } });
      }
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/sources' });
  },
});

/* Before anybody is signed in. The links of setup and invitation carry their token behind `#`. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } =>
    typeof search['next'] === 'string' ? { next: search['next'] } : {},
  component: lazyScreen(() => import('./entry/sign-in-screen.tsx'), 'SignInScreen'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyScreen(() => import('./entry/setup-screen.tsx'), 'SetupScreen'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyScreen(() => import('./entry/invitation-screen.tsx'), 'InvitationScreen'),
});

const sources = createRoute({
  getParentRoute: () => app,
  path: '/sources',
  validateSearch: (search): { text?: string; status?: string } => ({
    ...(typeof search['text'] === 'string' ? { text: search['text'] } : {}),
    ...(typeof search['status'] === 'string' ? { status: search['status'] } : {}),
  }),
  // Where everybody begins: it comes with the app itself.
  component: SourcesScreen,
});

/* The wizard: each of its steps has an address of its own. */
const addSource = createRoute({
  getParentRoute: () => app,
  path: '/sources/add',
  component: lazyScreen(() => import('./add-source/wizard-screen.tsx'), 'WizardScreen'),
});
const addSourceStart = createRoute({
  getParentRoute: () => addSource,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/sources/add/connector', replace: true });
  },
});
const addSourceConnector = createRoute({
  getParentRoute: () => addSource,
  path: '/connector',
  component: lazyScreen(() => import('./add-source/connector-step.tsx'), 'ConnectorStep'),
});
const addSourceAccess = createRoute({
  getParentRoute: () => addSource,
  path: '/access',
  component: lazyScreen(() => import('./add-source/access-step.tsx'), 'AccessStep'),
});
const addSourceStreams = createRoute({
  getParentRoute: () => addSource,
  path: '/streams',
  component: lazyScreen(() => import('./add-source/streams-step.tsx'), 'StreamsStep'),
});
const addSourceTables = createRoute({
  getParentRoute: () => addSource,
  path: '/tables',
  component: lazyScreen(() => import('./add-source/tables-step.tsx'), 'TablesStep'),
});
const addSourceFinish = createRoute({
  getParentRoute: () => addSource,
  path: '/finish',
  component: lazyScreen(() => import('./add-source/finish-step.tsx'), 'FinishStep'),
});

const source = createRoute({
  getParentRoute: () => app,
  path: '/sources/$id',
  component: lazyScreen(() => import('./source/source-screen.tsx'), 'SourceScreen'),
});
const sourceOverview = createRoute({
  getParentRoute: () => source,
  path: '/',
  component: lazyScreen(() => import('./source/overview-tab.tsx'), 'OverviewTab'),
});
const sourceStreams = createRoute({
  getParentRoute: () => source,
  path: '/streams',
  component: lazyScreen(() => import('./source/streams-tab.tsx'), 'StreamsTab'),
});
const sourceRuns = createRoute({
  getParentRoute: () => source,
  path: '/runs',
  validateSearch: (search): { status?: string } =>
    typeof search['status'] === 'string' ? { status: search['status'] } : {},
  component: lazyScreen(() => import('./source/runs-tab.tsx'), 'RunsTab'),
});
const sourceSettings = createRoute({
  getParentRoute: () => source,
  path: '/settings',
  component: lazyScreen(() => import('./source/settings-tab.tsx'), 'SettingsTab'),
});
const addStreams = createRoute({
  getParentRoute: () => app,
  path: '/sources/$id/add-streams',
  validateSearch: (search): { validation?: string } =>
    typeof search['validation'] === 'string' ? { validation: search['validation'] } : {},
  component: lazyScreen(() => import('./add-streams/add-streams-screen.tsx'), 'AddStreamsScreen'),
});

const run = createRoute({
  getParentRoute: () => app,
  path: '/runs/$id',
  component: lazyScreen(() => import('./run/run-screen.tsx'), 'RunScreen'),
});

const catalog = createRoute({
  getParentRoute: () => app,
  path: '/catalog',
  component: lazyScreen(() => import('./catalog/catalog-screen.tsx'), 'CatalogScreen'),
});
const catalogHome = createRoute({
  getParentRoute: () => catalog,
  path: '/',
  component: lazyScreen(() => import('./catalog/catalog-home.tsx'), 'CatalogHome'),
});
const table = createRoute({
  getParentRoute: () => catalog,
  path: '/$layer/$name',
  validateSearch: (search): { tab?: string; version?: number } => ({
    ...(typeof search['tab'] === 'string' ? { tab: search['tab'] } : {}),
    ...(Number.isInteger(search['version']) ? { version: Number(search['version']) } : {}),
  }),
  component: lazyScreen(() => import('./catalog/table-screen.tsx'), 'TableScreen'),
});

const explorer = createRoute({
  getParentRoute: () => app,
  path: '/explorer',
  component: lazyScreen(() => import('./explorer/explorer-screen.tsx'), 'ExplorerScreen'),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyScreen(() => import('./settings/settings-screen.tsx'), 'SettingsScreen'),
});
const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/layers', replace: true });
  },
});
const settingsLayers = createRoute({
  getParentRoute: () => settings,
  path: '/layers',
  component: lazyScreen(() => import('./settings/layers-panel.tsx'), 'LayersPanel'),
});
const settingsTokens = createRoute({
  getParentRoute: () => settings,
  path: '/tokens',
  component: lazyScreen(() => import('./settings/tokens-panel.tsx'), 'TokensPanel'),
});
const settingsUsers = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  component: lazyScreen(() => import('./settings/users-panel.tsx'), 'UsersPanel'),
});
const settingsAudit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyScreen(() => import('./settings/audit-panel.tsx'), 'AuditPanel'),
});
const settingsAccount = createRoute({
  getParentRoute: () => settings,
  path: '/account',
  component: lazyScreen(() => import('./settings/account-panel.tsx'), 'AccountPanel'),
});
const settingsAbout = createRoute({
  getParentRoute: () => settings,
  path: '/about',
  component: lazyScreen(() => import('./settings/about-panel.tsx'), 'AboutPanel'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setup,
    invitation,
    app.addChildren([
      home,
      sources,
      addSource.addChildren([
        addSourceStart,
        addSourceConnector,
        addSourceAccess,
        addSourceStreams,
        addSourceTables,
        addSourceFinish,
      ]),
      source.addChildren([sourceOverview, sourceStreams, sourceRuns, sourceSettings]),
      addStreams,
      run,
      catalog.addChildren([catalogHome, table]),
      explorer,
      settings.addChildren([
        settingsStart,
        settingsLayers,
        settingsTokens,
        settingsUsers,
        settingsAudit,
        settingsAccount,
        settingsAbout,
      ]),
    ]),
  ]),
  defaultErrorComponent: ScreenError,
  defaultPendingComponent: ScreenPending,
  // A screen that is nearly there is not announced; one that takes longer shows its skeleton.
  defaultPendingMs: 150,
  // It has the form of what comes, which need not wait until the sign has been seen for long enough.
  defaultPendingMinMs: 0,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
