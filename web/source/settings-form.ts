import { countCharacters, MAX_DESCRIPTION } from '../../src/service/description.ts';
import type { TriggerChoice } from '../trigger/trigger-choice.ts';
import type { SourceDetail } from './source-data.ts';
import type { SourceChanges } from './use-change-source.ts';

/** What the settings of a source ask for. */
export interface SettingsForm {
  readonly name: string;
  readonly description: string;
  readonly trigger: TriggerChoice;
  /** Minutes, as typed. */
  readonly timeLimit: string;
}

/** The part of a source that its form begins with. */
export type SettingsBase = Pick<
  SourceDetail,
  'name' | 'description' | 'trigger' | 'time_limit_minutes' | 'revision'
>;

const FIELDS = ['name', 'description', 'trigger', 'timeLimit'] as const;
/** A day, in minutes: the longest that the API takes. */
const LONGEST_LIMIT = 24 * 60;

/** The form of a source as it is. */
export function settingsOf(source: SettingsBase): SettingsForm {
  const { name, description, trigger, time_limit_minutes } = source;
  return { name, description, trigger, timeLimit: String(time_limit_minutes) };
}

/** What a form changes, as the API takes it; nothing that stays as it is. */
export function settingsChanges(base: SettingsBase, form: SettingsForm): SourceChanges {
  const before = settingsOf(base);
  return {
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.description === before.description ? {} : { description: form.description }),
    ...(isSame(form.trigger, before.trigger) ? {} : { trigger: form.trigger }),
    ...(form.timeLimit.trim() === before.timeLimit
      ? {}
      : { time_limit_minutes: Number(form.timeLimit) }),
  };
}

/** Fields that cannot be saved as they stand. */
export function settingsIssues(form: SettingsForm): ReadonlySet<keyof SettingsForm> {
  const issues = new Set<keyof SettingsForm>();
  const minutes = Number(form.timeLimit);
  if (form.name.trim() === '') issues.add('name');
  if (countCharacters(form.description, MAX_DESCRIPTION) > MAX_DESCRIPTION) {
    issues.add('description');
  }
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_LIMIT) issues.add('timeLimit');
  return issues;
}

/**
 * A form that was begun on one version of a source, on another one: what was typed stays, all else is as
 * the other version has it.
 *
 * @returns `clashes` whether somebody else has changed a field that was typed in, too
 */
export function rebase(
  form: SettingsForm,
  base: SettingsBase,
  theirs: SettingsBase,
): { readonly form: SettingsForm; readonly clashes: boolean } {
  const before = settingsOf(base);
  const after = settingsOf(theirs);
  const typed = FIELDS.filter((field) => !isSame(form[field], before[field]));
  const kept = Object.fromEntries(typed.map((field) => [field, form[field]]));
  return {
    form: { ...after, ...kept },
    clashes: typed.some(
      (field) => !isSame(before[field], after[field]) && !isSame(form[field], after[field]),
    ),
  };
}

/** Values of a form are texts, or plain records of one level (a trigger), whose order of keys means nothing. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
