import type { CSSProperties, ReactNode } from 'react';
import type { IconType } from 'react-icons';
import classes from './notice.module.css';

/** What a reader should know beside the content: calm, with a sign and an edge in the colour of its tone. */
export function Notice({
  tone,
  icon: Icon,
  title,
  role,
  children,
}: {
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet';
  readonly icon: IconType;
  readonly title?: ReactNode;
  /** `alert` or `status` for what comes up while somebody works. */
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}) {
  const style: CSSProperties & Record<'--tone', string> = { '--tone': `var(--${tone})` };
  return (
    <div className={classes.notice} style={style} role={role}>
      <Icon size={18} strokeWidth={1.7} aria-hidden className={classes.icon} />
      <div className={classes.body}>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </div>
  );
}
