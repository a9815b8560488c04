import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sourceQuery } from '../api/queries.ts';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import type { SourceDetail } from './source-data.ts';

/** When a source runs, in words; the source that it follows is named and leads to it. */
export function TriggerWords({
  source: { trigger, trigger_description },
}: {
  readonly source: Pick<SourceDetail, 'trigger' | 'trigger_description'>;
}) {
  const before = trigger.type === 'after' ? trigger.source_id : null;
  const source = useQuery({ ...sourceQuery(before ?? ''), enabled: before !== null });
  if (before === null || source.data === undefined) return trigger_description;
  return (
    <>
      {words.afterSource}{' '}
      <Link to="/sources/$id" params={{ id: before }} className={classes.link}>
        {source.data.name}
      </Link>
    </>
  );
}
