import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Hint } from '../parts/hint.tsx';
import { Ago } from '../parts/moment.tsx';
import { ResultStatus } from '../parts/status.tsx';
import { words } from '../words/source.ts';
import classes from './source.module.css';
import { type ListedStream, tableName } from './stream-list.ts';

interface Listed {
  readonly listed: ListedStream;
}

/** A stream by its chart's title, over its own name. */
export function StreamTitle({ listed: { stream, title } }: Listed) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title ?? stream.name}
      </Text>
      {title !== null && (
        <Text size="xs" c="dimmed" ff="monospace">
          {stream.name}
        </Text>
      )}
    </div>
  );
}

/** What came of a stream when it was last read. */
export function StreamStatus({ listed: { stream, result } }: Listed) {
  if (!stream.selected) {
    return (
      <Hint label={words.notSelectedHelp}>
        <Text size="sm" c="dimmed" component="span">
          {words.notSelected}
        </Text>
      </Hint>
    );
  }
  if (result === null) {
    return (
      <Text size="sm" c="dimmed">
        {words.neverRead}
      </Text>
    );
  }
  return <ResultStatus status={result.status} />;
}

/** The table of a stream, which leads to the catalog once it is there. */
export function StreamPlace({ listed: { stream, table } }: Listed) {
  const { layer, table: name } = stream;
  return (
    <div>
      {table === null ? (
        <span className={classes.tableName}>{tableName(stream)}</span>
      ) : (
        <Link
          to="/catalog/$layer/$name"
          params={{ layer, name }}
          className={`${classes.link} ${classes.tableName}`}
        >
          {tableName(stream)}
        </Link>
      )}
      {stream.folder !== null && (
        <Text size="xs" c="dimmed">
          {words.folder(stream.folder)}
        </Text>
      )}
    </div>
  );
}

/** When the content of a stream's table last changed. */
export function LastChange({ listed: { table } }: Listed) {
  if (table === null || table.committed_at === null) return words.none;
  return <Ago at={table.committed_at} />;
}
