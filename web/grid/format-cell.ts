import { isNumberType } from './column-kind.ts';

/** A value as the grid shows it. */
export interface ShownCell {
  readonly kind: 'null' | 'number' | 'text';
  /** In the reader's locale, shortened. */
  readonly text: string;
}

const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 4 });
/** Below 1 the first digits after the point are what counts: 0.2959, 0.00003124. */
const fraction = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
/** A longer text is cut before it comes to the page: one cell may hold megabytes. */
const SHOWN_CHARACTERS = 300;

/** A value in the reader's locale. `type` is the column's, as the engine names it. */
export function formatCell(value: unknown, type: string): ShownCell {
  if (value === null || value === undefined) return { kind: 'null', text: '' };
  if (typeof value === 'number') {
    return { kind: 'number', text: (Math.abs(value) < 1 ? fraction : number).format(value) };
  }
  if (isNumberType(type)) return { kind: 'number', text: longNumber(String(value)) };
  if (typeof value === 'string' && type === 'TIMESTAMP WITH TIME ZONE') {
    const ms = Date.parse(value);
    return { kind: 'text', text: Number.isNaN(ms) ? value : moment.format(ms) };
  }
  const text = exactText(value);
  return {
    kind: 'text',
    text: text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text,
  };
}

/** All of a value, as it is copied: no locale, nothing shortened; NULL is empty. */
export function exactText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Integers that JSON has no number for come as texts; all their digits are shown. */
function longNumber(text: string): string {
  return /^-?\d+$/.test(text) ? number.format(BigInt(text)) : text;
}
