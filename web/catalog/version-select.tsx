import { NativeSelect } from '@mantine/core';
import { words } from '../words/catalog.ts';
import type { TableVersion } from './table-types.ts';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Which version of a table to look at. */
export function VersionSelect({
  versions,
  latest,
  value,
  onChange,
}: {
  readonly versions: readonly TableVersion[];
  readonly latest: number | null;
  /** An older one; null is the latest. */
  readonly value: number | null;
  readonly onChange: (version: number | null) => void;
}) {
  const older = versions.filter(({ version }) => version !== latest);
  return (
    <NativeSelect
      size="xs"
      aria-label={words.look}
      value={value === null ? 'latest' : String(value)}
      disabled={older.length === 0}
      onChange={(event) => {
        const { value: chosen } = event.currentTarget;
        onChange(chosen === 'latest' ? null : Number(chosen));
      }}
      data={[
        { value: 'latest', label: words.latest(latest ?? 0) },
        ...older.map(({ version, committed_at: at, readable }) => ({
          value: String(version),
          label: words.versionOf(version, at === null ? '' : moment.format(Date.parse(at))),
          disabled: !readable,
        })),
        // A version of the address that is not in the list yet, or no longer.
        ...(value !== null && !older.some(({ version }) => version === value)
          ? [{ value: String(value), label: words.versionOf(value, words.gone) }]
          : []),
      ]}
    />
  );
}
