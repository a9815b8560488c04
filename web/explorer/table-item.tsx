import { ActionIcon, Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { TbChevronRight, TbPlus } from 'react-icons/tb';
import { tableQuery } from '../api/queries.ts';
import { typeName } from '../grid/type-name.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import { quoteName } from './quote-name.ts';
import { SYSTEM_TABLES } from './system-tables.ts';

interface ItemProps {
  readonly layer: string;
  readonly name: string;
  readonly title: string | null;
  readonly onInsert: (name: string) => void;
  readonly onInsertTable: (name: string) => void;
}

/** A table: to insert, and to open for its columns. */
export function TableItem({ layer, name, title, onInsert, onInsertTable }: ItemProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const table = `${layer}.${name}`;
  return (
    <li>
      <div className={classes.table}>
        <UnstyledButton
          className={classes.tableName}
          aria-expanded={isOpen}
          aria-controls={id}
          title={title === null ? table : `${table}\n${title}`}
          onClick={() => setOpen(!isOpen)}
        >
          <TbChevronRight size={14} className={classes.chevron} aria-hidden />
          <span className={classes.clip}>
            <span className={classes.layer}>{layer}.</span>
            {name}
            {title !== null && <small>{title}</small>}
          </span>
        </UnstyledButton>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={words.insert(table)}
          title={words.insert(table)}
          onClick={() => onInsertTable(table)}
        >
          <TbPlus size={15} aria-hidden />
        </ActionIcon>
      </div>
      <div id={id}>{isOpen && <Columns layer={layer} name={name} onInsert={onInsert} />}</div>
    </li>
  );
}

function Columns({ layer, name, onInsert }: Pick<ItemProps, 'layer' | 'name' | 'onInsert'>) {
  const table = `${layer}.${name}`;
  const own = SYSTEM_TABLES[table];
  const asked = useQuery({ ...tableQuery(layer, name), enabled: own === undefined });
  const columns = own?.map((column) => ({ name: column, type: '' })) ?? asked.data?.columns;
  if (asked.isError) return <ProblemAlert error={asked.error} onRetry={() => asked.refetch()} />;
  if (columns === undefined) return <Skeleton height={12} ml={30} my={6} width="50%" />;
  return (
    <ul className={classes.columns} aria-label={words.columnsOf(table)}>
      {columns.map((column) => (
        <li key={column.name}>
          <UnstyledButton
            className={classes.column}
            title={words.insert(column.name)}
            onClick={() => onInsert(quoteName(column.name))}
          >
            <span className={classes.clip}>{column.name}</span>
            <small>{typeName(column.type)}</small>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
