/** Values that no field expects. */
export const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  Number.MAX_SAFE_INTEGER,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u0007\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  "'; drop table sources; --",
  '"; drop table sources; --',
  '<script>alert(1)</script>',
  '__proto__',
  '1e999',
  '👩‍👩‍👧‍👦'.repeat(200),
  'a'.repeat(20_000),
  [],
  [[[[]]]],
  [null],
  {},
  { $ref: '#' },
  Array.from({ length: 2000 }, (_, i) => i),
];

/** Texts for paths, queries and headers. */
export const HOSTILE_TEXTS: readonly string[] = [
  '..',
  '../../../etc/passwd',
  '..\\..\\secret.key',
  'a/../../b',
  '\u0000',
  '%00',
  '%',
  '\r\nX-Injected: 1',
  "x' or '1'='1",
  '"x"."y"',
  '_delta_log',
  '.',
  '__proto__',
  'constructor',
  'ä'.repeat(50),
  '👩‍👩‍👧‍👦',
  '\ud800',
  'x'.repeat(300),
  '-1',
  '1e999',
  'NaN',
  '9'.repeat(30),
  'null',
  '[object Object]',
  ' ',
];

/** Every form of `body` in which one part of it is hostile, missing, or unknown. */
export function* hostileBodies(body: unknown): Generator<unknown> {
  yield* HOSTILE_VALUES;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  yield { ...body, unknown_field: 1 };
  for (const [name, value] of Object.entries(body)) {
    const { [name]: _left, ...rest }: Record<string, unknown> = { ...body };
    yield rest;
    for (const hostile of HOSTILE_VALUES) yield { ...body, [name]: hostile };
    for (const inner of innerBodies(value)) yield { ...body, [name]: inner };
  }
}

/** The same one level further down, in objects and in the first item of lists. */
function* innerBodies(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const inner of innerBodies(value[0])) yield [inner];
  } else if (typeof value === 'object' && value !== null) {
    for (const name of Object.keys(value)) {
      for (const hostile of HOSTILE_VALUES) yield { ...value, [name]: hostile };
    }
  }
}

/** As it stands in a path or a query; what has no form in UTF-8 is replaced. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
