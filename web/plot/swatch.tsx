import { markOf } from './marks.ts';
import { colourOf, type Scheme } from './palette.ts';
import classes from './plot.module.css';

/** What a series looks like: a piece of its line with its sign, or of its bar. */
export function Swatch({
  index,
  scheme,
  isLine,
}: {
  readonly index: number;
  readonly scheme: Scheme;
  readonly isLine: boolean;
}) {
  const color = colourOf(index, scheme);
  if (!isLine) return <span className={classes.swatch} style={{ background: color }} />;
  const { path, isHollow } = markOf(index);
  return (
    <svg className={classes.line} viewBox="0 0 22 12" aria-hidden="true">
      <path d="M0 6H22" stroke={color} strokeWidth={2} />
      <path
        d={path}
        transform="translate(6 1)"
        fill={isHollow ? 'var(--surface)' : color}
        stroke={isHollow ? color : 'var(--surface)'}
        strokeWidth={1.5}
        paintOrder={isHollow ? 'normal' : 'stroke'}
      />
    </svg>
  );
}
