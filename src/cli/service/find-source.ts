import { ChartliftError } from '../../errors.ts';
import type { Trigger } from '../../state/trigger.ts';
import type { ApiSourceDetail } from './api-types.ts';
import type { NamedTrigger } from './read-trigger.ts';
import type { ServiceApi } from './service-api.ts';

/** The form of a source's id. */
const SOURCE_ID = /^src_[0-9a-z]{26}$/;

/** Names that an error lists. */
const NAMED = 10;

/**
 * The source that a person means: by its id or its whole name, in capitals or not.
 * @throws ChartliftError `not_found`, with names that are like it
 */
export async function findSource(api: ServiceApi, idOrName: string): Promise<ApiSourceDetail> {
  return api.getSource(await sourceId(api, idOrName));
}

/** The id of the source that a person means; see {@link findSource}. */
export async function sourceId(api: ServiceApi, idOrName: string): Promise<string> {
  if (SOURCE_ID.test(idOrName)) return idOrName;
  const wanted = idOrName.trim();
  const like = await api.listSources({ text: wanted.slice(0, 200) });
  const lower = wanted.toLowerCase();
  const found =
    like.find(({ name }) => name === wanted) ??
    only(like.filter(({ name }) => name.toLowerCase() === lower));
  if (found !== undefined) return found.id;
  const names = like.slice(0, NAMED).map(({ name }) => JSON.stringify(name));
  throw new ChartliftError(
    'not_found',
    `There is no source ${JSON.stringify(wanted)}.`,
    names.length === 0
      ? 'chartlift source list shows all.'
      : `Do you mean ${names.join(' or ')}? chartlift source list shows all.`,
  );
}

/** The trigger as the API takes it. */
export async function resolveTrigger(api: ServiceApi, trigger: NamedTrigger): Promise<Trigger> {
  if (trigger.type !== 'after') return trigger;
  return { type: 'after', source_id: await sourceId(api, trigger.source) };
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
