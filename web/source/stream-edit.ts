import type { Stream } from './source-data.ts';

/** What can be changed of a stream. */
export interface StreamForm {
  readonly layer: string;
  /** Empty: in none. */
  readonly folder: string;
  readonly table: string;
  readonly note: string;
  readonly selected: boolean;
}

/** A stream as its form begins. */
export function formOf({ layer, folder, table, note, selected }: Stream): StreamForm {
  return { layer, folder: folder ?? '', table, note, selected };
}

/** What a form changes of a stream, as the API takes it; nothing that stays as it is. */
export function changesOf(before: Stream, form: StreamForm) {
  const after = { ...form, folder: form.folder.trim() || null, table: form.table.trim() };
  return {
    ...(after.layer === before.layer ? {} : { layer: after.layer }),
    ...(after.folder === before.folder ? {} : { folder: after.folder }),
    ...(after.table === before.table ? {} : { table: after.table }),
    ...(after.note === before.note ? {} : { note: after.note }),
    ...(after.selected === before.selected ? {} : { selected: after.selected }),
  };
}
