import type { FieldIssue } from '../errors.ts';

/** Longest description of a source, in characters as people count them (source document, step 4). */
export const MAX_DESCRIPTION = 140;
/** Longest name of a source, likewise. */
export const MAX_NAME = 100;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The length of a text as people count: an emoji or a letter with its accent is one (UAX #29).
 *
 * @param enough counting ends here, so that a huge text costs no time
 */
export function countCharacters(text: string, enough = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) {
    count += 1;
    if (count > enough) return count;
  }
  return count;
}

/** What is wrong with the words that name and describe a source. */
export function wordIssues(words: {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const { name, description } = words;
  if (name !== undefined) {
    if (name.trim() === '') issues.push({ path: ['name'], message: 'is empty' });
    if (countCharacters(name, MAX_NAME) > MAX_NAME) {
      issues.push({ path: ['name'], message: `has more than ${MAX_NAME} characters` });
    }
  }
  if (
    description !== undefined &&
    countCharacters(description, MAX_DESCRIPTION) > MAX_DESCRIPTION
  ) {
    issues.push({
      path: ['description'],
      message: `has more than ${MAX_DESCRIPTION} characters (${countCharacters(description, 10_000)})`,
    });
  }
  return issues;
}
