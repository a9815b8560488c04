import { type KeyboardEvent, memo } from 'react';
import { TbX } from 'react-icons/tb';
import { words } from '../../words/add-source.ts';
import classes from './chart-ids.module.css';

/** The charts of the list, each with a button that takes it out; arrow keys go along the buttons. */
export const ChartChips = memo(function ChartChips({
  ids,
  failed,
  onRemove,
}: {
  readonly ids: readonly string[];
  /** Ids that a check found wanting. */
  readonly failed: ReadonlySet<string>;
  readonly onRemove: (id: string) => void;
}) {
  return (
    <ul className={classes.chips} aria-label={words.ids.list} onKeyDown={moveAlong}>
      {ids.map((id) => (
        <li key={id} className={classes.chip} data-failed={failed.has(id) || undefined}>
          <span>{id}</span>
          <button
            type="button"
            className={classes.remove}
            aria-label={words.ids.remove(id)}
            onClick={(event) => {
              neighbour(event.currentTarget)?.focus();
              onRemove(id);
            }}
          >
            <TbX size={13} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
});

/** Left and right go along the chips, Delete and Backspace take the focused one out. */
function moveAlong(event: KeyboardEvent<HTMLUListElement>): void {
  const { target, key } = event;
  if (!(target instanceof HTMLButtonElement)) return;
  if (key === 'Delete' || key === 'Backspace') {
    event.preventDefault();
    target.click();
  }
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const chip = target.closest('li');
    const next = key === 'ArrowLeft' ? chip?.previousElementSibling : chip?.nextElementSibling;
    next?.querySelector('button')?.focus();
  }
}

/** Where the focus goes when a chip is taken out: to the next one, or the one before, or the input. */
function neighbour(button: HTMLElement): HTMLElement | null {
  const chip = button.closest('li');
  const other = chip?.nextElementSibling ?? chip?.previousElementSibling;
  return (
    other?.querySelector('button') ?? button.closest('[data-field]')?.querySelector('input') ?? null
  );
}
