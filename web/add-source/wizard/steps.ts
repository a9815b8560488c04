import type { Draft } from '../draft.ts';

/** The steps of "Add source", in the order of the source document. */
export const STEPS = ['connector', 'access', 'streams', 'tables', 'finish'] as const;
export type Step = (typeof STEPS)[number];

/** The address of a step. */
export function pathOf(step: Step) {
  return `/sources/add/${step}` as const;
}

/** The step that an address shows; null for any other address. */
export function stepAt(path: string): Step | null {
  return STEPS.find((step) => path.startsWith(pathOf(step))) ?? null;
}

/** The last step that can be opened: all that it builds on is done. */
export function lastOpenStep(draft: Draft): Step {
  if (draft.connector === null) return 'connector';
  if (draft.validationId === null) return 'access';
  if (draft.selected === null || draft.selected.length === 0) return 'streams';
  return 'finish';
}

/** Whether a step can be opened. */
export function isOpen(step: Step, draft: Draft): boolean {
  return STEPS.indexOf(step) <= STEPS.indexOf(lastOpenStep(draft));
}
