import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { TbFolder, TbStack2 } from 'react-icons/tb';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { groupByFolder } from './group-by-folder.ts';
import { TableLeaf } from './table-leaf.tsx';
import { layerTablesQuery } from './table-queries.ts';
import { TreeBranch } from './tree-branch.tsx';

const whole = new Intl.NumberFormat();

/** A layer of the tree; its tables are asked for when it is opened. */
export function LayerBranch({
  name,
  title,
  tables,
  startsOpen,
  isCurrent,
}: {
  readonly name: string;
  readonly title: string;
  readonly tables: number;
  readonly startsOpen: boolean;
  /** Holds the table that is looked at. */
  readonly isCurrent: boolean;
}) {
  const [isOpen, setOpen] = useState(startsOpen);
  useEffect(() => {
    if (isCurrent) setOpen(true);
  }, [isCurrent]);
  return (
    <TreeBranch
      label={title}
      count={whole.format(tables)}
      icon={<TbStack2 size={16} strokeWidth={1.7} aria-hidden />}
      isLayer
      isOpen={isOpen}
      onToggle={() => setOpen(!isOpen)}
    >
      {tables === 0 ? (
        <p className={classes.quiet}>{words.noTables}</p>
      ) : (
        <LayerTables layer={name} />
      )}
    </TreeBranch>
  );
}

function LayerTables({ layer }: { readonly layer: string }) {
  const query = useInfiniteQuery(layerTablesQuery(layer));
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  if (query.isPending) return <Waiting />;
  if (query.isError && query.data === undefined) {
    return <ProblemAlert error={query.error} onRetry={() => query.refetch()} />;
  }
  const folders = groupByFolder(query.data.pages.flatMap(({ items }) => items));
  function toggle(folder: string) {
    const next = new Set(closed);
    if (!next.delete(folder)) next.add(folder);
    setClosed(next);
  }
  return (
    <ul>
      {folders.map(({ folder, tables }) => {
        const leaves = tables.map((table) => (
          <li key={table.name}>
            <TableLeaf
              layer={layer}
              name={table.name}
              title={table.title}
              isBroken={table.error !== null}
            />
          </li>
        ));
        if (folder === null) return leaves;
        return (
          <TreeBranch
            key={`/${folder}`}
            label={folder}
            count={whole.format(tables.length)}
            icon={<TbFolder size={16} strokeWidth={1.7} aria-hidden />}
            isOpen={!closed.has(folder)}
            onToggle={() => toggle(folder)}
          >
            <ul>{leaves}</ul>
          </TreeBranch>
        );
      })}
      {query.hasNextPage && (
        <li>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {words.more}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Waiting() {
  return (
    <div style={{ padding: '6px 8px 6px 42px' }} aria-hidden>
      {[70, 85, 60].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} mb={12} />
      ))}
    </div>
  );
}
