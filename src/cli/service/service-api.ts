import type { Trigger } from '../../state/trigger.ts';
import type { Terminal } from '../terminal.ts';
import type { ApiClient } from './api-client.ts';
import type {
  AddedStreams,
  ApiCheck,
  ApiConnector,
  ApiPage,
  ApiRemoval,
  ApiRun,
  ApiRunDetail,
  ApiRunEvent,
  ApiSource,
  ApiSourceDetail,
  ApiSourceListing,
  ApiStream,
  ApiTriggerPreview,
  ApiValidation,
  NewSource,
  SourceChanges,
  StreamChanges,
} from './api-types.ts';

/** Items that are asked for at once where all of a list is wanted; the most that the API gives. */
const PAGE = 200;

type Config = Readonly<Record<string, unknown>>;
type Filters = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** The operations of the API that the commands use, by the names of its reference. */
export type ServiceApi = ReturnType<typeof serviceApi>;

export function serviceApi(client: ApiClient) {
  const get = <Answer>(path: string) => client.request<Answer>('GET', path);
  const post = <Answer>(path: string, body?: unknown) =>
    client.request<Answer>('POST', path, { body });

  /** Page by page, `limit` items at most. */
  async function list<Item>(path: string, filters: Filters, limit: number): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | undefined;
    while (items.length < limit) {
      const query = { ...filters, cursor, limit: Math.min(PAGE, limit - items.length) };
      const page = await client.request<ApiPage<Item>>('GET', path, { query });
      items.push(...page.items);
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
    return items;
  }

  return {
    url: client.url,
    getConnector: (name: string) => get<ApiConnector>(`/connectors/${segment(name)}`),

    createValidation: (connector: string, config: Config) =>
      post<ApiValidation>('/validations', { connector, config }),
    createSourceValidation: (sourceId: string, config: Config) =>
      post<ApiValidation>(`/sources/${segment(sourceId)}/validations`, { config }),
    /** Each check as it ends; returns the validation at its end. */
    async *followValidation(id: string): AsyncGenerator<ApiCheck, ApiValidation, undefined> {
      for await (const { event, data } of client.events(
        `/validations/${segment(id)}/events`,
        (last) => last.event === 'ended',
      )) {
        if (event === 'check') yield JSON.parse(data);
      }
      return get<ApiValidation>(`/validations/${segment(id)}`);
    },

    listSources: (filters: Filters, limit = Number.POSITIVE_INFINITY) =>
      list<ApiSourceListing>('/sources', filters, limit),
    createSource: (source: NewSource) => post<ApiSource>('/sources', source),
    getSource: (id: string) => get<ApiSourceDetail>(`/sources/${segment(id)}`),
    /** @param revision the one that was seen; the change is refused if it is another by now */
    updateSource: (id: string, changes: SourceChanges, revision?: number) =>
      client.request<ApiSource>('PATCH', `/sources/${segment(id)}`, {
        body: changes,
        headers: revision === undefined ? {} : { 'If-Match': `"${revision}"` },
      }),
    deleteSource: (
      id: string,
      query: { readonly tables: 'keep' | 'drop'; readonly dry_run: boolean },
    ) => client.request<ApiRemoval>('DELETE', `/sources/${segment(id)}`, { query }),
    changeCredentials: (id: string, validationId: string) =>
      post<ApiSource>(`/sources/${segment(id)}/credentials`, { validation_id: validationId }),
    previewTrigger: (
      trigger: Trigger,
      about: { readonly validation_id?: string; readonly source_id?: string } = {},
    ) => post<ApiTriggerPreview>('/triggers/preview', { trigger, ...about }),

    addStreams: (sourceId: string, added: AddedStreams) =>
      post<{ items: ApiStream[] }>(`/sources/${segment(sourceId)}/streams`, added),
    updateStream: (sourceId: string, name: string, changes: StreamChanges) =>
      client.request<ApiStream>('PATCH', `/sources/${segment(sourceId)}/streams/${segment(name)}`, {
        body: changes,
      }),
    removeStream: (sourceId: string, name: string) =>
      client.request<{ items: ApiStream[] }>(
        'DELETE',
        `/sources/${segment(sourceId)}/streams/${segment(name)}`,
      ),

    startRun: (sourceId: string) => post<ApiRun>(`/sources/${segment(sourceId)}/runs`),
    listRuns: (filters: Filters, limit: number) => list<ApiRun>('/runs', filters, limit),
    getRun: (id: string) => get<ApiRunDetail>(`/runs/${segment(id)}`),
    cancelRun: (id: string) => post<ApiRun>(`/runs/${segment(id)}/cancel`),
    retryRun: (id: string) => post<ApiRun>(`/runs/${segment(id)}/retry`),
    /** The log of a run that is there so far. */
    async *runLog(
      id: string,
      filters: { readonly level?: string | undefined; readonly text?: string | undefined },
    ): AsyncGenerator<ApiRunEvent, void, undefined> {
      let after = 0;
      for (;;) {
        const query = { ...filters, after, limit: PAGE };
        const { items } = await client.request<{ items: ApiRunEvent[] }>(
          'GET',
          `/runs/${segment(id)}/log`,
          { query },
        );
        yield* items;
        after = items.at(-1)?.seq ?? after;
        if (items.length < PAGE) return;
      }
    },
    /** The log of a run from its first line, as it grows; returns the run at its end. */
    async *followRun(id: string): AsyncGenerator<ApiRunEvent, ApiRunDetail, undefined> {
      // A line of the log may be of type `ended`, too: only the last event holds the results.
      const isLast = (event: { readonly event: string; readonly data: string }) =>
        event.event === 'ended' && 'results' in JSON.parse(event.data);
      for await (const event of client.events(`/runs/${segment(id)}/events`, isLast)) {
        const data = JSON.parse(event.data);
        if (isLast(event)) return data;
        yield data;
      }
      return get<ApiRunDetail>(`/runs/${segment(id)}`);
    },
  };
}

/** The service that the environment names; nothing is asked of it yet. */
export async function connectService(terminal: Terminal): Promise<ServiceApi> {
  const [{ createApiClient }, { isReadableOnTheWay, readServiceAddress }] = await Promise.all([
    import('./api-client.ts'),
    import('./service-address.ts'),
  ]);
  const address = readServiceAddress(terminal.env);
  if (isReadableOnTheWay(address)) {
    terminal.err(
      `warning ${address.url} is not encrypted: others can read the token and keys on their way.\n`,
    );
  }
  return serviceApi(createApiClient({ ...address, signal: terminal.signal }));
}

/** One part of a path: whatever stands in a name stays in it. */
function segment(text: string): string {
  // `.` and `..` would be resolved away (WHATWG URL, "shorten a path").
  return /^\.{1,2}$/.test(text) ? text.replaceAll('.', '%252E') : encodeURIComponent(text);
}
