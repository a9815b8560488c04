import { Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { lazy, memo, Suspense } from 'react';
import { DataGrid } from '../grid/data-grid.tsx';
import { Panel } from '../parts/panel.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { sayDuration } from '../parts/quantities.tsx';
import { words } from '../words/explorer.ts';
import { DownloadMenu } from './download-menu.tsx';
import classes from './explorer.module.css';
import type { Download } from './use-download.ts';
import type { Answer, Answered } from './use-run-query.ts';

const Plot = lazy(() => import('../plot/plot.tsx').then((module) => ({ default: module.Plot })));

/** A plot of more rows takes longer than people wait. */
const PLOTTED_AT_MOST = 50_000;
/** px. */
const PLOT = 360;
/** As high as the window has room for, with the editor in view. */
const GRID = 'max(300px, calc(100dvh - 468px))';

export type ResultView = 'rows' | 'plot';

/** The rows of a query, as a grid and as a plot. */
export const ResultPanel = memo(function ResultPanel({
  answered: { query, answer, at },
  view,
  isBusy,
  isChanged,
  download,
  onView,
}: {
  readonly answered: Answered;
  readonly view: ResultView;
  /** Whether another query runs that will take its place. */
  readonly isBusy: boolean;
  /** Whether the editor has another text by now. */
  readonly isChanged: boolean;
  readonly download: Download;
  readonly onView: (view: ResultView) => void;
}) {
  const { columns, rows, truncated, duration_ms: elapsed } = answer;
  return (
    <Panel flush>
      <div className={classes.resultHead}>
        <Group gap="sm">
          <SegmentedControl
            aria-label={words.resultTabs}
            value={view}
            onChange={(next) => onView(next === 'plot' ? 'plot' : 'rows')}
            data={[
              { value: 'rows', label: words.rowsTab },
              { value: 'plot', label: words.plotTab },
            ]}
          />
          <Text size="sm" c="dimmed" className="figures">
            {isBusy ? words.runningNow : words.summary(rows.length, sayDuration(elapsed))}
            {isChanged && !isBusy && ` · ${words.changed}`}
          </Text>
        </Group>
        <DownloadMenu
          isBusy={download.isBusy}
          onStart={(format) => download.start(query, format)}
          onCancel={download.cancel}
        />
      </div>
      {truncated && <p className={classes.truncated}>{words.truncated(rows.length)}</p>}
      {download.failure?.query === query && <ProblemAlert error={download.failure.error} />}
      <div className={classes.answer} data-busy={isBusy || undefined}>
        {view === 'rows' ? (
          <DataGrid key={at} columns={columns} rows={rows} label={words.result} height={GRID} />
        ) : (
          <ResultPlot answer={answer} />
        )}
      </div>
    </Panel>
  );
});

function ResultPlot({ answer: { columns, rows } }: { readonly answer: Answer }) {
  const drawn = rows.length > PLOTTED_AT_MOST ? rows.slice(0, PLOTTED_AT_MOST) : rows;
  return (
    <div className={classes.plot}>
      <Suspense fallback={<Skeleton height={PLOT + 34} />}>
        <Plot columns={columns} rows={drawn} title={words.plotTitle} height={PLOT} />
        {drawn.length < rows.length && (
          <Text size="xs" c="dimmed" mt={6}>
            {words.partialPlot(drawn.length)}
          </Text>
        )}
      </Suspense>
    </div>
  );
}
