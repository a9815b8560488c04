import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TbExternalLink } from 'react-icons/tb';
import { sourceQuery } from '../api/queries.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Ago } from '../parts/moment.tsx';
import { Count, Size } from '../parts/quantities.tsx';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { chartIdOf, chartLink } from './chart-link.ts';
import type { TableDetail } from './table-types.ts';

/** How fresh and how large a table is, and where it comes from. */
export function TableFacts({ table }: { readonly table: TableDetail }) {
  const { rows, bytes, version, committed_at: at, owner } = table;
  const chartId = chartIdOf(owner?.stream ?? table.stream);
  return (
    <dl className={classes.facts}>
      {at !== null && (
        <Fact name={words.updated}>
          <Ago at={at} />
        </Fact>
      )}
      {rows !== null && (
        <Fact name={words.rows}>
          <Count n={rows} />
        </Fact>
      )}
      {bytes !== null && (
        <Fact name={words.size}>
          <Size bytes={bytes} />
        </Fact>
      )}
      {version !== null && (
        <Fact name={words.version}>
          <Count n={version} />
        </Fact>
      )}
      {owner !== null ? (
        <Fact name={words.source}>
          <Anchor
            renderRoot={(props) => (
              <Link to="/sources/$id" params={{ id: owner.source_id }} {...props} />
            )}
          >
            {owner.source}
          </Anchor>
        </Fact>
      ) : (
        table.source !== null && <Fact name={words.source}>{table.source}</Fact>
      )}
      {chartId !== null && (
        <Fact name={words.chart}>
          <Chart id={chartId} sourceId={owner?.source_id ?? null} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Chart({ id, sourceId }: { readonly id: string; readonly sourceId: string | null }) {
  const source = useQuery({ ...sourceQuery(sourceId ?? ''), enabled: sourceId !== null });
  const link = chartLink(id, source.data?.config);
  return (
    <>
      <code>{id}</code>
      <CopyButton text={id} label={words.copyChartId} />
      {link !== null && (
        <Anchor inherit href={link} target="_blank" rel="noreferrer">
          {words.openChart} <TbExternalLink size={13} aria-hidden />
        </Anchor>
      )}
    </>
  );
}
