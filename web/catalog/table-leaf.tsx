import { IconAlertTriangleFilled, IconTable } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { words } from '../words/catalog.ts';
import classes from './catalog.module.css';

/** A table in the tree. */
export function TableLeaf({
  layer,
  name,
  title,
  isBroken,
  withLayer = false,
}: {
  readonly layer: string;
  readonly name: string;
  readonly title: string | null;
  readonly isBroken: boolean;
  /** Says the layer too, where the tree does not. */
  readonly withLayer?: boolean;
}) {
  const fullName = withLayer ? `${layer}.${name}` : name;
  return (
    <Link
      to="/catalog/$layer/$name"
      params={{ layer, name }}
      className={classes.leaf}
      title={title ?? name}
    >
      {isBroken ? (
        <IconAlertTriangleFilled
          size={15}
          style={{ color: 'var(--warn)', flex: 'none' }}
          aria-label={words.unreadable}
        />
      ) : (
        <IconTable size={15} stroke={1.7} aria-hidden style={{ flex: 'none', opacity: 0.7 }} />
      )}
      <span className={classes.text}>
        {title ?? fullName}
        {title !== null && <small className={classes.code}>{fullName}</small>}
      </span>
    </Link>
  );
}
