import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec, type TransactionSpec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import { words } from '../words/explorer.ts';
import { completeKeywords, completeNames, type Names } from './completion.ts';
import { duckdb } from './duckdb-dialect.ts';
import { editorTheme } from './editor-theme.ts';
import { firstRowsOf } from './examples.ts';
import classes from './explorer.module.css';
import { type Place, spanAt } from './span-at.ts';

const SUGGESTED = 10;

/** What the page does with the editor. */
export interface EditorHandle {
  /** Puts a text where the cursor is. */
  insert(text: string): void;
  /** Puts the name of a table there; a query of its first rows where there is no text yet. */
  insertTable(name: string): void;
  /** Takes another query in its place; can be undone. The focus stays where it is. */
  replace(text: string): void;
  /** Moves the cursor to a place. */
  goTo(place: Place): void;
}

/** A mistake in the query. */
export interface Mistake {
  readonly place: Place;
  readonly message: string;
}

/** The editor of a query. Its text is its own: the page hears of changes. */
export function SqlEditor({
  handle,
  initial,
  names,
  mistake,
  onChange,
  onRun,
}: {
  readonly handle: RefObject<EditorHandle | null>;
  readonly initial: string;
  readonly names: Names;
  readonly mistake: Mistake | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}) {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const heard = useRef({ onChange, onRun });
  heard.current = { onChange, onRun };
  const first = useRef(initial);

  useEffect(() => {
    if (element.current === null) return;
    const made = new EditorView({
      parent: element.current,
      state: EditorState.create({
        doc: first.current,
        selection: { anchor: first.current.length },
        extensions: [
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: (target) => {
                  closeCompletion(target);
                  heard.current.onRun();
                  return true;
                },
              },
            ]),
          ),
          lineNumbers(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          duckdb.extension,
          duckdb.language.data.of({ autocomplete: completeKeywords }),
          duckdb.language.data.of({ autocomplete: completeNames(names) }),
          // As many as are seen at once: the arrows turn the page, nothing has to be scrolled.
          autocompletion({ icons: false, maxRenderedOptions: SUGGESTED }),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            { key: 'Tab', run: acceptCompletion },
            indentWithTab,
          ]),
          placeholder(words.placeholder),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            'aria-label': words.editor,
            'aria-describedby': 'editor-hint',
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) heard.current.onChange(update.state.doc.toString());
          }),
          editorTheme,
        ],
      }),
    });
    view.current = made;
    // Elsewhere it would open the keyboard over the page.
    if (matchMedia('(pointer: fine)').matches) made.focus();
    return () => made.destroy();
  }, [names]);

  useEffect(() => {
    const { current } = view;
    if (current === null) return;
    const marks =
      mistake === null
        ? []
        : [
            {
              ...spanAt(current.state.doc.toString(), mistake.place),
              severity: 'error' as const,
              message: mistake.message,
            },
          ];
    current.dispatch(setDiagnostics(current.state, marks));
  }, [mistake]);

  useImperativeHandle(handle, () => ({
    insert: (text) => insert(view.current, text),
    insertTable(name) {
      const isEmpty = view.current?.state.doc.toString().trim() === '';
      if (isEmpty) view.current?.dispatch(replacement(view.current, firstRowsOf(name)));
      else insert(view.current, name);
    },
    replace(text) {
      const { current } = view;
      if (current === null || current.state.doc.toString() === text) return;
      current.dispatch(replacement(current, text));
    },
    goTo(place) {
      const { current } = view;
      if (current === null) return;
      const { from, to } = spanAt(current.state.doc.toString(), place);
      current.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      current.focus();
    },
  }));

  return <div ref={element} className={classes.editor} />;
}

/** Puts a text where the cursor is, apart from a word before it. */
function insert(view: EditorView | null, text: string): void {
  if (view === null) return;
  const { from } = view.state.selection.main;
  const follows = /[\w,]$/.test(view.state.sliceDoc(0, from));
  view.dispatch(view.state.replaceSelection(follows ? ` ${text}` : text), {
    scrollIntoView: true,
  });
  view.focus();
}

/** A change to another text, which can be undone on its own. */
function replacement(view: EditorView, text: string): TransactionSpec {
  return {
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: isolateHistory.of('full'),
    selection: { anchor: text.length },
  };
}
