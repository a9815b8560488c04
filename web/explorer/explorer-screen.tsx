import { Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutSidebar } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { ProblemError } from '../api/problem-error.ts';
import { sessionQuery } from '../api/queries.ts';
import { Page } from '../parts/page.tsx';
import { words } from '../words/explorer.ts';
import { keepText, readText } from './editor-text.ts';
import { examplesOf } from './examples.ts';
import classes from './explorer.module.css';
import { namesQuery } from './explorer-queries.ts';
import { OutcomeArea } from './outcome-area.tsx';
import { RunBar } from './run-bar.tsx';
import { ShareButton } from './share-button.tsx';
import { SidePanel } from './side-panel.tsx';
import { type EditorHandle, type Mistake, SqlEditor } from './sql-editor.tsx';
import { ReadyPanel, StartPanel } from './start-panel.tsx';
import { useHistory } from './use-history.ts';
import { useLinkedQuery } from './use-linked-query.ts';
import { useNames } from './use-names.ts';
import { type Outcome, useRunQuery } from './use-run-query.ts';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const DEFAULT_LIMIT = 1_000;

/** Asks the tables of the catalog with SQL. */
export function ExplorerScreen() {
  const owner = useSuspenseQuery(sessionQuery).data.actor.id;
  const editor = useRef<EditorHandle>(null);
  const [initial] = useState(() => readText(sessionStorage, owner));
  const [text, setText] = useState(initial);
  const [limit, setLimit] = useState(DEFAULT_LIMIT);
  const [side, { open, close }] = useDisclosure(false);
  const names = useNames();
  const tables = useQuery(namesQuery(''));
  const { history, remember, forget } = useHistory(owner);
  const { outcome, run, cancel } = useRunQuery(remember);
  const { wasLinked, replaced, link, edited } = useLinkedQuery(editor, text);
  const mistake = useMemo(() => mistakeOf(outcome), [outcome]);

  function change(next: string) {
    setText(next);
    keepText(sessionStorage, owner, next);
    edited(next);
  }
  function load(query: string) {
    close();
    editor.current?.replace(query);
  }
  function insert(name: string) {
    close();
    editor.current?.insert(name);
  }
  function insertTable(name: string) {
    if (text.trim() === '') load(`SELECT *\nFROM ${name}\nLIMIT 100`);
    else insert(name);
  }
  function start(query: string) {
    load(query);
    run(query, limit);
  }

  const isReady = text.trim() !== '' && (wasLinked || initial.trim() !== '');
  const before = isReady ? (
    <ReadyPanel
      replaced={replaced !== null}
      onRun={() => run(text, limit)}
      onBringBack={() => load(replaced ?? '')}
    />
  ) : (
    <StartPanel
      hasTables={tables.data === undefined || tables.data.items.length > 0}
      examples={examplesOf(tables.data?.items ?? [])}
      onRun={start}
    />
  );
  const sidePanel = (
    <SidePanel
      history={history}
      onInsert={insert}
      onInsertTable={insertTable}
      onLoad={load}
      onForget={forget}
    />
  );
  return (
    <div className={classes.split}>
      <aside className={classes.side} aria-label={words.side}>
        {sidePanel}
      </aside>
      <div className={classes.main}>
        <Page
          title={words.title}
          wide
          actions={
            <Button
              className={classes.openSide}
              variant="default"
              size="xs"
              leftSection={<IconLayoutSidebar size={16} stroke={1.7} aria-hidden />}
              onClick={open}
            >
              {words.openSide}
            </Button>
          }
        >
          <section className={classes.query} aria-label={words.editor}>
            <SqlEditor
              handle={editor}
              initial={initial}
              names={names}
              mistake={mistake}
              onChange={change}
              onRun={() => run(text, limit)}
            />
            <RunBar
              since={outcome.kind === 'running' ? outcome.since : null}
              isEmpty={text.trim() === ''}
              limit={limit}
              hint={IS_MAC ? words.editorHintMac : words.editorHint}
              onLimit={setLimit}
              onRun={() => run(text, limit)}
              onCancel={cancel}
            >
              <ShareButton isDisabled={text.trim() === ''} onLink={() => link(text)} />
            </RunBar>
          </section>
          <OutcomeArea
            outcome={outcome}
            text={text}
            onGoTo={(place) => editor.current?.goTo(place)}
            onRetry={() => run(text, limit)}
            start={before}
          />
        </Page>
      </div>
      <Drawer
        opened={side}
        onClose={close}
        title={words.side}
        size={320}
        padding={0}
        closeButtonProps={{ 'aria-label': words.close, mr: 12 }}
        styles={{ header: { paddingLeft: 16 } }}
      >
        {sidePanel}
      </Drawer>
    </div>
  );
}

function mistakeOf(outcome: Outcome): Mistake | null {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ProblemError)) return null;
  const { place, detail } = outcome.error.problem;
  return place === null ? null : { place, message: detail };
}
