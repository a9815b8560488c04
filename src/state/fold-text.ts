/**
 * A text as names are compared, sorted and searched: `Müller GmbH` and `müller gmbh` are the same. Done here,
 * since SQLite knows the case of ASCII only, and PostgreSQL that of its configured language.
 */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** A pattern of LIKE, with `\` as its escape, for texts that hold `part` as it stands. */
export function containing(part: string): string {
  return `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
