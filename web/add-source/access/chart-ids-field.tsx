import { Anchor, Group, Input, List, Text, VisuallyHidden } from '@mantine/core';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useId,
  useRef,
  useState,
} from 'react';
import { words } from '../../words/add-source.ts';
import { type AddedCharts, addCharts } from './add-charts.ts';
import { ChartChips } from './chart-chips.tsx';
import classes from './chart-ids.module.css';

const NONE: ReadonlySet<string> = new Set();

/**
 * A list of charts. Whatever is pasted or typed (ids, addresses, lists of them) becomes chips that can be
 * taken out again; repetitions are noted, and what names no chart is explained.
 */
export function ChartIdsField({
  label,
  description,
  value,
  onChange,
  onTyped,
  failed = NONE,
  error,
  autoFocus = false,
}: {
  readonly label: string;
  readonly description?: ReactNode;
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
  /** Hears which charts the text names that is not in the list yet; it gets there when the field is left. */
  readonly onTyped?: (ids: readonly string[]) => void;
  /** Ids that a check found wanting. */
  readonly failed?: ReadonlySet<string>;
  readonly error?: ReactNode;
  /** Whether typing begins here. */
  readonly autoFocus?: boolean;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const [last, setLast] = useState<AddedCharts | null>(null);
  const [said, setSaid] = useState('');
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };

  function type(next: string) {
    setText(next);
    onTyped?.(addCharts(value, next).added);
  }
  function take(typed: string) {
    if (typed.trim() === '') return;
    const result = addCharts(value, typed);
    setLast(result);
    // What alone was typed and names no chart stays, to be corrected.
    type(result.added.length + result.repeated.length === 0 ? typed.trim() : '');
    setSaid(words.ids.added(result.added.length, result.ids.length));
    if (result.added.length > 0) onChange(result.ids);
  }
  // Never another function, so that of a thousand chips none is drawn again.
  const remove = useCallback((gone: string) => {
    const { current } = latest;
    current.onChange(current.value.filter((other) => other !== gone));
    setSaid(words.ids.removed(gone));
  }, []);
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (['Enter', ',', ';', ' '].includes(event.key) && text.trim() !== '') {
      event.preventDefault();
      take(text);
    }
    const before = value.at(-1);
    if (event.key === 'Backspace' && text === '' && before !== undefined) remove(before);
  }
  function onPaste(event: ClipboardEvent<HTMLInputElement>) {
    event.preventDefault();
    take(`${text} ${event.clipboardData.getData('text')}`);
  }
  return (
    <Input.Wrapper
      id={id}
      label={label}
      withAsterisk
      description={description}
      error={error}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
    >
      <div className={classes.field} data-field data-error={error !== undefined || undefined}>
        {value.length > 0 && <ChartChips ids={value} failed={failed} onRemove={remove} />}
        <input
          id={id}
          className={classes.input}
          value={text}
          placeholder={value.length === 0 ? words.ids.placeholder : words.ids.more}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: whoever asks for it has no other field
          autoFocus={autoFocus}
          aria-invalid={error !== undefined}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => take(text)}
        />
      </div>
      {value.length > 0 && (
        <Group gap="md" mt={6}>
          <Text size="xs" c="dimmed">
            {words.ids.count(value.length)}
          </Text>
          <Anchor component="button" type="button" size="xs" onClick={() => onChange([])}>
            {words.ids.removeAll}
          </Anchor>
        </Group>
      )}
      {last !== null && last.repeated.length > 0 && (
        <Text size="sm" c="dimmed" mt={6}>
          {words.ids.again(last.repeated)}
        </Text>
      )}
      {last !== null && last.words !== '' && (
        <Text size="sm" c="dimmed" mt={6}>
          {words.ids.prose(last.added.length + last.repeated.length, last.words)}
        </Text>
      )}
      {last !== null && last.problems.length > 0 && (
        <List size="sm" mt={6} className={classes.problems}>
          {last.problems.map(({ input, reason, hint }) => (
            <List.Item key={input}>
              <span className={classes.bad}>{words.ids.problem(input, reason)}</span> {hint}
            </List.Item>
          ))}
        </List>
      )}
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
    </Input.Wrapper>
  );
}
