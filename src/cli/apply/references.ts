/** `${NAME}`, as shells write the value of an environment variable. */
const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The variables that a text refers to. */
export function referencesOf(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].map(([, name]) => name ?? '');
}

/** Whether a text is nothing but references, so that it tells no secret. */
export function isReference(text: string): boolean {
  return text !== '' && text.replace(REFERENCE, '') === '';
}

/** The text with each reference replaced by its variable; what is not set or empty stays as it is. */
export function expand(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(REFERENCE, (whole, name: string) => env[name] || whole);
}

/** The variables of these texts that are not set or empty, each once. */
export function missingOf(
  texts: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  return [...new Set(texts.flatMap(referencesOf))].filter((name) => !env[name]);
}
