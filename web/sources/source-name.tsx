import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import classes from './sources.module.css';

/** The name of a source, which leads to it, over what it is for. */
export function SourceName({
  id,
  name,
  description,
}: {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}) {
  return (
    <div>
      <Link to="/sources/$id" params={{ id }} className={classes.name}>
        {name}
      </Link>
      {description !== '' && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {description}
        </Text>
      )}
    </div>
  );
}
