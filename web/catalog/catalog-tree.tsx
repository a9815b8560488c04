import { CloseButton, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { TbSearch } from 'react-icons/tb';
import { layersQuery } from '../api/queries.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { LayerBranch } from './layer-branch.tsx';
import { TableLeaf } from './table-leaf.tsx';
import { searchQuery } from './table-queries.ts';

/** ms after the last letter. */
const TYPING = 200;

/** Layers, folders and tables, with a search over all of them. */
export function CatalogTree() {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), TYPING);
  return (
    <>
      <search className={classes.search}>
        <TextInput
          aria-label={words.search}
          placeholder={words.searchHelp}
          value={text}
          leftSection={<TbSearch size={15} aria-hidden />}
          rightSection={
            text !== '' && (
              <CloseButton size="sm" aria-label={words.clearSearch} onClick={() => setText('')} />
            )
          }
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </search>
      <nav className={classes.list} aria-label={words.tree}>
        {asked === '' || text.trim() === '' ? <Layers /> : <Found text={asked} />}
      </nav>
    </>
  );
}

function Layers() {
  const layers = useQuery(layersQuery);
  const { layer: current } = useParams({ strict: false });
  if (layers.isPending) return <Skeleton height={16} m="sm" />;
  if (layers.isError) return <ProblemAlert error={layers.error} onRetry={() => layers.refetch()} />;
  return (
    <ul className={classes.tree}>
      {layers.data.items.map(({ name, title, tables }) => (
        <LayerBranch
          key={name}
          name={name}
          title={title}
          tables={tables}
          startsOpen={tables > 0}
          isCurrent={name === current}
        />
      ))}
    </ul>
  );
}

function Found({ text }: { readonly text: string }) {
  const found = useQuery({ ...searchQuery(text), placeholderData: keepPreviousData });
  if (found.isPending) return <Skeleton height={16} m="sm" />;
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => found.refetch()} />;
  const { items, next_cursor: next } = found.data;
  return (
    <>
      <p className={classes.quiet} role="status" style={{ paddingLeft: 8 }}>
        {items.length === 0
          ? words.noMatch(text)
          : next === null
            ? words.found(items.length)
            : words.foundMore(items.length)}
      </p>
      <ul className={classes.tree}>
        {items.map(({ layer, name, title, error, owner }) => (
          <li key={`${layer}.${name}`}>
            <TableLeaf
              layer={layer}
              name={name}
              title={title}
              isBroken={error !== null}
              found={{ text, note: owner?.note ?? '' }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
