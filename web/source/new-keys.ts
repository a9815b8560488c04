/** Keys that are to take the place of those of a source, as typed. */
export interface NewKeys {
  readonly api_key: string;
  readonly secret_key: string;
}

export const NO_KEYS: NewKeys = { api_key: '', secret_key: '' };

/** The keys that something was typed for, as the API takes them. */
export function typedKeys(keys: NewKeys): Partial<NewKeys> {
  const trimmed = Object.entries(keys).map(([name, key]) => [name, key.trim()]);
  return Object.fromEntries(trimmed.filter(([, key]) => key !== ''));
}
