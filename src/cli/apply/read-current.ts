import type { ServiceApi } from '../service/service-api.ts';
import type { CurrentSource } from './plan-step.ts';

/** Sources that are read at once. */
const AT_ONCE = 8;

/**
 * The sources of a service with their streams.
 *
 * @param only names of those whose streams are wanted; all unless given. The others come without any.
 */
export async function readCurrentSources(
  api: ServiceApi,
  only?: readonly string[],
): Promise<readonly CurrentSource[]> {
  const listed = await api.listSources({});
  const wanted = only === undefined ? null : new Set(only);
  const sources: CurrentSource[] = [];
  for (let at = 0; at < listed.length; at += AT_ONCE) {
    const some = listed.slice(at, at + AT_ONCE);
    const read = some.map((source) =>
      wanted === null || wanted.has(source.name)
        ? api.getSource(source.id)
        : { ...source, streams: [] },
    );
    sources.push(...(await Promise.all(read)));
  }
  return sources;
}
