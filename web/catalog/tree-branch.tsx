import { Collapse, UnstyledButton } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { TbChevronRight } from 'react-icons/tb';
import classes from './catalog.module.css';

/** A layer or folder of the tree, to open and close. */
export function TreeBranch({
  label,
  count,
  icon,
  isLayer = false,
  isOpen,
  onToggle,
  children,
}: {
  readonly label: string;
  readonly count: string;
  readonly icon: ReactNode;
  readonly isLayer?: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <li>
      <UnstyledButton
        className={classes.branch}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={onToggle}
      >
        <TbChevronRight size={14} className={classes.chevron} aria-hidden />
        {icon}
        <span className={`${classes.text} ${isLayer ? classes.layer : ''}`}>{label}</span>
        <span style={{ color: 'var(--quiet)', fontSize: 12 }}>{count}</span>
      </UnstyledButton>
      <div id={id}>
        <Collapse expanded={isOpen} transitionDuration={0}>
          {isOpen && children}
        </Collapse>
      </div>
    </li>
  );
}
