import { Badge, Text } from '@mantine/core';
import { Ahead } from '../parts/moment.tsx';
import { words } from '../words/sources.ts';
import type { SourceListing } from './source-listing.ts';

/** When a source runs next, and why then. */
export function NextRun({ source }: { readonly source: SourceListing }) {
  const { paused, next_run_at, trigger_description } = source;
  return (
    <div>
      {paused ? (
        <PausedBadge />
      ) : (
        <Text size="sm" component="div" {...(next_run_at === null ? { c: 'dimmed' } : {})}>
          {next_run_at === null ? words.notPlanned : <Ahead at={next_run_at} />}
        </Text>
      )}
      <Text size="xs" c="dimmed" component="div">
        {trigger_description}
      </Text>
    </div>
  );
}

/** The sign of a source that its trigger does not start. */
export function PausedBadge() {
  return (
    <Badge variant="default" size="sm" tt="none" fw={500}>
      {words.paused}
    </Badge>
  );
}
