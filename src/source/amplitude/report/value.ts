import { textOf } from './cell.ts';

/** What a value cell says: a number, nothing (`null`), or a text that is not a number (`undefined`). */
export type Value = number | null | undefined;

const DIGIT_0 = 48;

/** Integers of up to 15 digits are exact in a double, whichever way they are added up. */
const EXACT_DIGITS = 15;

const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** A digit somewhere; a sign before or after `$`, digits (plain or in groups of three), a fraction, an exponent or `%` (DESIGN §2.2.9). */
const NUMBER =
  /^(?=.*\d)[+-]?(?:\$[+-]?)?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+|%)?$/;

/**
 * Reads one value cell (DESIGN §2.2.9). Never invents a number: what is not understood as a whole is
 * `undefined`, and so is a number that a double cannot hold (an overflow, or a non-zero that becomes 0).
 */
export function readValue(cell: string): Value {
  return readPlainInteger(cell) ?? readPlainDecimal(cell) ?? readFormatted(cell);
}

/** The common case, without an intermediate text: only digits, few enough to be exact. */
function readPlainInteger(cell: string): number | undefined {
  const length = cell.length;
  if (length === 0 || length > EXACT_DIGITS) return undefined;
  let value = 0;
  for (let at = 0; at < length; at += 1) {
    const digit = cell.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function readPlainDecimal(cell: string): number | undefined {
  if (!PLAIN_DECIMAL.test(cell)) return undefined;
  const value = Number(cell);
  return Number.isFinite(value) && value !== 0 ? value : undefined;
}

function readFormatted(cell: string): Value {
  const text = withoutAsterisk(textOf(cell).trim());
  if (text === '' || text === '-' || text === 'N/A') return null;
  if (!NUMBER.test(text)) return undefined;
  const percent = text.endsWith('%');
  if (percent && text.includes('$')) return undefined;
  const number = text.replace(/[$,%]/g, '');
  // Moving the decimal point in the text is exact; dividing by 100 is not.
  const value = Number(percent ? `${number}e-2` : number);
  const vanished = value === 0 && /^[^eE]*[1-9]/.test(number);
  return Number.isFinite(value) && !vanished ? value : undefined;
}

/** Without the mark of incomplete cells: stickiness puts it before, LTV after the number (reference §9). */
function withoutAsterisk(text: string): string {
  if (text.startsWith('*')) return text.slice(1).trimStart();
  if (text.endsWith('*')) return text.slice(0, -1).trimEnd();
  return text;
}
