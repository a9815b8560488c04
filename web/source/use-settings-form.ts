import { useEffect, useState } from 'react';
import {
  rebase,
  type SettingsBase,
  type SettingsForm,
  settingsChanges,
  settingsOf,
} from './settings-form.ts';
import type { SourceDetail } from './source-data.ts';

/**
 * The form of a source's settings. Changes that others make meanwhile come in by themselves, unless they
 * are of a field that was typed in: then the form stays on the version that it began with, and its save is
 * refused.
 */
export function useSettingsForm(source: SourceDetail) {
  const [state, setState] = useState<{ base: SettingsBase; form: SettingsForm }>(() => ({
    base: source,
    form: settingsOf(source),
  }));
  useEffect(() => {
    setState((before) => {
      if (source.revision <= before.base.revision) return before;
      const { form, clashes } = rebase(before.form, before.base, source);
      return clashes ? before : { base: source, form };
    });
  }, [source]);
  return {
    ...state,
    changes: settingsChanges(state.base, state.form),
    set: (change: Partial<SettingsForm>) =>
      setState(({ base, form }) => ({ base, form: { ...form, ...change } })),
    /** Goes on from another version, keeping what was typed. */
    adopt: (theirs: SettingsBase) =>
      setState(({ base, form }) => ({ base: theirs, form: rebase(form, base, theirs).form })),
    /** Begins anew with a version. */
    reset: (to: SettingsBase) => setState({ base: to, form: settingsOf(to) }),
  };
}
