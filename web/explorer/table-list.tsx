import { CloseButton, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TbSearch } from 'react-icons/tb';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import { namesQuery } from './explorer-queries.ts';
import { SYSTEM_TABLES } from './system-tables.ts';
import { TableItem } from './table-item.tsx';

/** ms after the last letter. */
const TYPING = 200;

interface Inserts {
  /** Takes a column. */
  readonly onInsert: (name: string) => void;
  readonly onInsertTable: (name: string) => void;
}

/** All tables, with a search and the columns of each. */
export function TableList(inserts: Inserts) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), TYPING);
  return (
    <>
      <search className={classes.search}>
        <TextInput
          aria-label={words.tablesSearch}
          placeholder={words.tablesSearch}
          value={text}
          leftSection={<TbSearch size={15} aria-hidden />}
          rightSection={
            text !== '' && (
              <CloseButton
                size="sm"
                aria-label={words.tablesSearchClear}
                onClick={() => setText('')}
              />
            )
          }
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </search>
      <Found text={text.trim() === '' ? '' : asked} {...inserts} />
    </>
  );
}

function Found({ text, ...inserts }: Inserts & { readonly text: string }) {
  const found = useQuery({ ...namesQuery(text), placeholderData: keepPreviousData });
  if (found.isPending) return <Skeleton height={16} m="sm" width="70%" />;
  if (found.isError) return <ProblemAlert error={found.error} onRetry={() => found.refetch()} />;
  const { items, next_cursor: next } = found.data;
  const own = Object.keys(SYSTEM_TABLES).filter((name) => name.includes(text.toLowerCase()));
  return (
    <>
      {items.length === 0 && (
        <p className={classes.quiet} role="status">
          {words.tablesNone}
        </p>
      )}
      <ul className={classes.list}>
        {items.map(({ layer, name, title }) => (
          <TableItem
            key={`${layer}.${name}`}
            layer={layer}
            name={name}
            title={title}
            {...inserts}
          />
        ))}
      </ul>
      {next !== null && <p className={classes.quiet}>{words.tablesMore(items.length)}</p>}
      {own.length > 0 && (
        <>
          <h3 className={classes.heading}>{words.system}</h3>
          <ul className={classes.list}>
            {own.map((table) => {
              const [layer = '', name = ''] = table.split('.');
              return <TableItem key={table} layer={layer} name={name} title={null} {...inserts} />;
            })}
          </ul>
        </>
      )}
    </>
  );
}
