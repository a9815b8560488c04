/** Characters of a query that an item of the history has room for, about. */
const ROOM = 100;
/** So many at least of what stands before the difference. */
const START = 28;

/**
 * A query as its history shows it: where another begins the same for longer than there is room, the middle of what
 * they share is left out, so that the difference is seen.
 */
export function tellApart(query: string, queries: readonly string[]): string {
  const text = oneLine(query);
  if (text.length <= ROOM) return text;
  const others = queries.filter((other) => other !== query).map(oneLine);
  const shared = Math.max(0, ...others.map((other) => sharedStart(text, other)));
  // As little is left out as there has to be: the end is seen where it has room.
  const from = wordAt(text, Math.min(shared, text.length - (ROOM - START)));
  return shared < ROOM - START / 2 || from <= START
    ? text
    : `${text.slice(0, wordAt(text, START) || START).trimEnd()} … ${text.slice(from)}`;
}

function oneLine(query: string): string {
  return query.replace(/\s+/g, ' ').trim();
}

/** How many characters two texts begin with together. */
function sharedStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Where the word at a place begins. */
function wordAt(text: string, place: number): number {
  return text.lastIndexOf(' ', place - 1) + 1;
}
