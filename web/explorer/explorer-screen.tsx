import { useDisclosure } from '@mantine/hooks';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { keepText, readText } from './editor-text.ts';
import { examplesOf } from './examples.ts';
import { ExplorerFrame } from './explorer-frame.tsx';
import { namesQuery } from './explorer-queries.ts';
import { OutcomeArea } from './outcome-area.tsx';
import { QueryPanel } from './query-panel.tsx';
import { SidePanel } from './side-panel.tsx';
import type { EditorHandle } from './sql-editor.tsx';
import { ReadyPanel, StartPanel } from './start-panel.tsx';
import { useHistory } from './use-history.ts';
import { useLinkedQuery } from './use-linked-query.ts';
import { useRunQuery } from './use-run-query.ts';

const DEFAULT_LIMIT = 1_000;

/** Asks the tables of the catalog with SQL. */
export function ExplorerScreen() {
  const owner = useSuspenseQuery(sessionQuery).data.actor.id;
  const editor = useRef<EditorHandle>(null);
  const [initial] = useState(() => readText(sessionStorage, owner));
  const [text, setText] = useState(initial);
  const [limit, setLimit] = useState(DEFAULT_LIMIT);
  const [isSideOpen, { open, close }] = useDisclosure(false);
  const tables = useQuery(namesQuery(''));
  const { history, remember, forget } = useHistory(owner);
  const { outcome, run, cancel } = useRunQuery(remember);
  const { wasLinked, replaced, link, edited } = useLinkedQuery(editor, text);
  const isReady = text.trim() !== '' && (wasLinked || initial.trim() !== '');

  function change(next: string) {
    setText(next);
    keepText(sessionStorage, owner, next);
    edited(next);
  }
  const load = useCallback(
    (query: string) => {
      close();
      editor.current?.replace(query);
    },
    [close],
  );
  const insert = useCallback(
    (name: string) => {
      close();
      editor.current?.insert(name);
    },
    [close],
  );
  const insertTable = useCallback(
    (name: string) => {
      close();
      editor.current?.insertTable(name);
    },
    [close],
  );
  function runText() {
    run(text, limit);
  }
  function runExample(query: string) {
    load(query);
    run(query, limit);
  }

  const side = (
    <SidePanel
      history={history}
      onInsert={insert}
      onInsertTable={insertTable}
      onLoad={load}
      onForget={forget}
    />
  );
  const start = isReady ? (
    <ReadyPanel isReplacement={replaced !== null} onBringBack={() => load(replaced ?? '')} />
  ) : (
    <StartPanel
      hasTables={tables.data === undefined || tables.data.items.length > 0}
      examples={tables.isPending ? null : examplesOf(tables.data?.items ?? [])}
      onRun={runExample}
    />
  );
  return (
    <ExplorerFrame side={side} isOpen={isSideOpen} onOpen={open} onClose={close}>
      <QueryPanel
        handle={editor}
        initial={initial}
        text={text}
        limit={limit}
        outcome={outcome}
        onChange={change}
        onLimit={setLimit}
        onRun={runText}
        onCancel={cancel}
        onLink={() => link(text)}
      />
      <OutcomeArea
        outcome={outcome}
        text={text}
        start={start}
        onGoTo={(place) => editor.current?.goTo(place)}
        onRetry={runText}
      />
    </ExplorerFrame>
  );
}
