import { Highlight } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TbAlertTriangleFilled, TbTable } from 'react-icons/tb';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';
import { matchingLine } from './matching-line.ts';

/** A table in the tree. */
export function TableLeaf({
  layer,
  name,
  title,
  isBroken,
  found,
}: {
  readonly layer: string;
  readonly name: string;
  readonly title: string | null;
  readonly isBroken: boolean;
  /** What a search found it by; then it says its layer too, which the tree does not. */
  readonly found?: { readonly text: string; readonly note: string };
}) {
  const fullName = found !== undefined ? `${layer}.${name}` : name;
  const line = found === undefined ? null : matchingLine(found.note, found.text);
  const marked = (text: string) => <Marked text={text} sought={found?.text ?? ''} />;
  return (
    <Link
      to="/catalog/$layer/$name"
      params={{ layer, name }}
      className={classes.leaf}
      title={title ?? name}
    >
      {isBroken ? (
        <TbAlertTriangleFilled
          size={15}
          style={{ color: 'var(--warn)', flex: 'none' }}
          aria-label={words.unreadable}
        />
      ) : (
        <TbTable size={15} strokeWidth={1.7} aria-hidden style={{ flex: 'none', opacity: 0.7 }} />
      )}
      <span className={classes.text}>
        {marked(title ?? fullName)}
        {title !== null && <small className={classes.code}>{marked(fullName)}</small>}
        {line !== null && <small className={classes.foundNote}>{marked(line)}</small>}
      </span>
    </Link>
  );
}

function Marked({ text, sought }: { readonly text: string; readonly sought: string }) {
  return (
    <Highlight component="span" inherit highlight={sought}>
      {text}
    </Highlight>
  );
}
