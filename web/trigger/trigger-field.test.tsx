import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  waitFor,
} from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { words } from '../words/trigger.ts';
import type { TriggerChoice } from './trigger-choice.ts';
import { TriggerField } from './trigger-field.tsx';

// Machines that are busy with other tests take their time.
configure({ asyncUtilTimeout: 10_000 });

/** What was asked of the service, newest last. */
const asked: unknown[] = [];
let answer: () => Response = () => meaning('Every day at 06:30, Europe/Berlin');
/** All that there are. */
let sources: readonly { readonly id: string; readonly name: string }[] = [];

function meaning(description: string, warnings: readonly object[] = []): Response {
  const next_runs = ['2026-01-31T05:30:00.000Z', '2026-02-01T05:30:00.000Z'];
  return Response.json({ description, next_runs, warnings });
}

interface FieldProps {
  readonly first: TriggerChoice;
  readonly sourceId?: string;
}

function Field({ first, ...props }: FieldProps) {
  const [value, setValue] = useState(first);
  return <TriggerField value={value} onChange={setValue} validationId="val_1" {...props} />;
}

function show(first: TriggerChoice, sourceId?: string) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <Field first={first} {...(sourceId === undefined ? {} : { sourceId })} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

beforeEach(() => {
  asked.length = 0;
  answer = () => meaning('Every day at 06:30, Europe/Berlin');
  sources = [];
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    if (`${input}`.includes('/triggers/preview')) asked.push(JSON.parse(`${init?.body}`));
    else return Response.json({ items: sources, next_cursor: null });
    return answer();
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const daily: TriggerChoice = { type: 'daily', time: '06:30', timezone: 'Europe/Berlin' };

test('tells in words what a trigger means, with its next runs', async () => {
  show(daily);
  await screen.findByText('Every day at 06:30, Europe/Berlin');
  expect(document.querySelectorAll('li time')).toHaveLength(2);
  expect(asked).toEqual([{ trigger: daily, validation_id: 'val_1' }]);
});

test('keeps time and zone when another type is chosen', async () => {
  show({ ...daily, time: '22:15' });
  fireEvent.click(screen.getByRole('radio', { name: words.types.weekly.title }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Sunday' }));
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({
      trigger: { type: 'weekly', days: ['mon', 'sun'], time: '22:15', timezone: 'Europe/Berlin' },
    }),
  );
});

test('chooses the working days at once', async () => {
  show({ type: 'weekly', days: ['mon', 'sun'], time: '06:30', timezone: 'Europe/Berlin' });
  fireEvent.click(screen.getByRole('button', { name: words.workingDays }));
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({
      trigger: { type: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    }),
  );
});

test('says what is missing, and asks nothing then', async () => {
  show({ type: 'weekly', days: ['mon'], time: '06:30', timezone: 'Europe/Berlin' });
  await waitFor(() => expect(asked).toHaveLength(1));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Monday' }));
  expect(screen.getByText(words.gaps.days)).toBeTruthy();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked).toHaveLength(1);
});

test('shows at its field why a cron expression cannot be', async () => {
  answer = () =>
    Response.json(
      {
        code: 'fields_invalid',
        detail: 'has 4 fields instead of five',
        issues: [{ path: ['trigger', 'expression'], message: 'has 4 fields instead of five' }],
      },
      { status: 422 },
    );
  show({ type: 'cron', expression: '6 * * *', timezone: 'UTC' });
  await screen.findByText(`${words.expression} has 4 fields instead of five`);
});

test('warns of what brings nothing new', async () => {
  const message = 'It runs every 5 minutes: runs in between will find the charts unchanged.';
  answer = () => meaning('Every 5 minutes, UTC', [{ code: 'schedule_faster_than_cache', message }]);
  show({ type: 'cron', expression: '*/5 * * * *', timezone: 'UTC' });
  await screen.findByText(message);
});

function zoneField(): HTMLInputElement {
  return screen.getByRole<HTMLInputElement>('combobox', { name: words.zone });
}

function leaveZone(text: string) {
  act(() => zoneField().focus());
  fireEvent.change(zoneField(), { target: { value: text } });
  act(() => zoneField().blur());
}

test('marks the zone for what is typed to take its place, and in the list', async () => {
  show(daily);
  fireEvent.click(zoneField());
  const { selectionStart, selectionEnd } = zoneField();
  expect([selectionStart, selectionEnd]).toEqual([0, 'Europe/Berlin'.length]);
  const chosen = await screen.findByRole('option', { selected: true });
  expect(chosen.textContent).toContain('Europe/Berlin');
  expect(chosen.querySelector('svg')).toBeTruthy();
});

test('takes the zone that the text names when the field is left', async () => {
  show(daily);
  leaveZone('new york');
  await waitFor(() => expect(zoneField().value).toBe('America/New_York'));
  await waitFor(() =>
    expect(asked.at(-1)).toMatchObject({ trigger: { timezone: 'America/New_York' } }),
  );
});

test.each(['nowhere', 'america'])('says that %s names no zone, and which one stays', (text) => {
  show(daily);
  leaveZone(text);
  expect(screen.getByText(words.zoneKept(text, 'Europe/Berlin'))).toBeTruthy();
  expect(zoneField().value).toBe('Europe/Berlin');
  act(() => zoneField().focus());
  expect(screen.queryByText(words.zoneKept(text, 'Europe/Berlin'))).toBeNull();
});

const growth = { id: 'src_1', name: 'Growth' };
const finance = { id: 'src_2', name: 'Finance' };
const afterAnother = () =>
  screen.getByRole<HTMLInputElement>('radio', { name: words.types.after.title });

test.each([
  ['a first source', [], undefined],
  ['the only source', [growth], growth.id],
])('cannot let %s come after another, and says why', async (_, all, sourceId) => {
  sources = all;
  show(daily, sourceId);
  await screen.findByText(words.noOtherSource);
  expect(afterAnother().disabled).toBe(true);
  const reason = document.getElementById(afterAnother().getAttribute('aria-describedby') ?? '');
  expect(reason?.textContent).toBe(words.noOtherSource);
});

test('offers the other sources to come after', async () => {
  sources = [growth, finance];
  show(daily, growth.id);
  fireEvent.click(afterAnother());
  fireEvent.click(screen.getByRole('combobox', { name: words.source }));
  await screen.findByRole('option', { name: finance.name });
  fireEvent.click(screen.getByRole('radio', { name: words.types.daily.title }));
  expect(afterAnother().disabled).toBe(false);
});

test('keeps the choice to come after another source, whatever there is', async () => {
  show({ type: 'after', source_id: '' });
  fireEvent.click(screen.getByRole('combobox', { name: words.source }));
  await screen.findByText(words.noOtherSource);
  expect(afterAnother().checked).toBe(true);
  expect(afterAnother().disabled).toBe(false);
});
