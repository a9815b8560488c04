import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { connectorsQuery } from '../../api/queries.ts';
import { sourceNamesQuery } from '../../trigger/trigger-queries.ts';
import { words } from '../../words/finish.ts';
import { changeDraft, type Draft } from '../draft.ts';
import { freeName } from './free-name.ts';

const TYPING_MS = 250;

/**
 * Names the source after its connector while nobody has named it.
 *
 * @returns what is wrong with its name; null: nothing, as far as is known
 */
export function useSourceName({ name, connector }: Pick<Draft, 'name' | 'connector'>) {
  const { data } = useQuery(connectorsQuery);
  const title = data?.items.find((item) => item.name === connector)?.title ?? null;
  const suggested = useFreeName(title);
  const isTaken = useIsNameTaken(name);
  const [isFresh, setFresh] = useState(name === '');
  useEffect(() => {
    if (!isFresh || suggested === null) return;
    setFresh(false);
    // Perhaps somebody was faster at typing.
    if (name === '') changeDraft({ name: suggested });
  }, [isFresh, suggested, name]);
  if (!isFresh && name.trim() === '') return words.nameMissing;
  return isTaken ? words.nameTaken : null;
}

/** A name that is free for a source of a connector; null until it is known. */
function useFreeName(title: string | null): string | null {
  const { data } = useQuery({ ...sourceNamesQuery(title ?? ''), enabled: title !== null });
  if (title === null || data === undefined) return null;
  return freeName(
    title,
    data.map(({ name }) => name),
  );
}

/** Whether another source has this name already, as far as is known. */
function useIsNameTaken(typed: string): boolean {
  const name = typed.trim();
  const [asked] = useDebouncedValue(name, TYPING_MS);
  const { data } = useQuery({ ...sourceNamesQuery(asked), enabled: asked !== '' });
  return data?.some((source) => source.name === name) ?? false;
}
