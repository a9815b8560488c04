import { Tabs } from '@mantine/core';
import { memo } from 'react';
import { words } from '../words/explorer.ts';
import classes from './explorer.module.css';
import type { HistoryItem } from './history.ts';
import { HistoryList } from './history-list.tsx';
import { TableList } from './table-list.tsx';

/** Beside the editor: what there is to ask, and what was asked. Typing does not draw it anew. */
export const SidePanel = memo(function SidePanel({
  history,
  onInsert,
  onInsertTable,
  onLoad,
  onForget,
}: {
  readonly history: readonly HistoryItem[];
  readonly onInsert: (name: string) => void;
  readonly onInsertTable: (name: string) => void;
  readonly onLoad: (query: string) => void;
  readonly onForget: () => void;
}) {
  return (
    <Tabs defaultValue="tables" className={classes.sideTabs}>
      <Tabs.List grow aria-label={words.side}>
        <Tabs.Tab className={classes.tab} value="tables">
          {words.tables}
        </Tabs.Tab>
        <Tabs.Tab className={classes.tab} value="history">
          {words.history}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="tables" className={classes.sidePanel}>
        <TableList onInsert={onInsert} onInsertTable={onInsertTable} />
      </Tabs.Panel>
      <Tabs.Panel value="history" className={classes.sidePanel}>
        <HistoryList history={history} onLoad={onLoad} onForget={onForget} />
      </Tabs.Panel>
    </Tabs>
  );
});
