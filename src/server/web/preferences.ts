/**
 * How much a client likes `name`, by a header such as `Accept-Encoding: br;q=0.8, gzip` (RFC 9110 §12.4.2):
 * 0 to 1; null if the header does not name it.
 */
export function preferenceFor(header: string, name: string): number | null {
  for (const part of header.split(',')) {
    const [item = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    if (item !== name) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const quality = weight === undefined ? 1 : Number(weight);
    return quality >= 0 && quality <= 1 ? quality : 0;
  }
  return null;
}

/** The encodings that files are kept in, the smallest first. */
export const ENCODINGS = ['br', 'gzip'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** The best of the encodings `kept` that a client takes; null: as it is. */
export function chooseEncoding(
  acceptEncoding: string | undefined,
  kept: (encoding: Encoding) => boolean,
): Encoding | null {
  if (acceptEncoding === undefined) return null;
  const any = preferenceFor(acceptEncoding, '*') ?? 0;
  let best: { readonly encoding: Encoding; readonly preference: number } | null = null;
  for (const encoding of ENCODINGS.filter(kept)) {
    const preference = preferenceFor(acceptEncoding, encoding) ?? any;
    if (preference > (best?.preference ?? 0)) best = { encoding, preference };
  }
  return best?.encoding ?? null;
}

/**
 * Whether a client asks for a page, as browsers do by name. Programs that say nothing, or take anything,
 * get an error that they can read.
 */
export function takesPages(accept: string | undefined): boolean {
  return accept !== undefined && (preferenceFor(accept, 'text/html') ?? 0) > 0;
}
