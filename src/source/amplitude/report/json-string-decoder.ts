const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const LETTER_U = 0x75;

/** RFC 8259 §7: the character after a backslash, and what the two mean. */
const SHORT_ESCAPES: ReadonlyMap<number, number> = new Map(
  [...'"\\/bfnrt'].map((letter, at) => [letter.charCodeAt(0), '"\\/\b\f\n\r\t'.charCodeAt(at)]),
);

const REPLACEMENT_CHARACTER = 0xfffd;

type State = 'plain' | 'escape' | 'unicode';

/** Decodes the inside of one JSON string to UTF-8, byte by byte, wherever the pieces are cut. */
export class JsonStringDecoder {
  /** What makes the string invalid, once it is known. */
  problem: string | undefined;
  /** Whether the closing quote has been read. */
  closed = false;
  #state: State = 'plain';
  #hexDigits = 0;
  #code = 0;
  /** The first half of a surrogate pair that waits for its second half; 0 if there is none. */
  #high = 0;
  #output = new Uint8Array(0);
  #length = 0;

  /**
   * Reads from `start` to the closing quote, the end of the piece or a problem, and gives where it stopped
   * and the bytes it has decoded.
   */
  read(input: Uint8Array, start: number): { readonly at: number; readonly bytes: Uint8Array } {
    // Nothing grows but a pending surrogate, which becomes three bytes.
    this.#output = new Uint8Array(input.length - start + 3);
    this.#length = 0;
    let at = start;
    while (at < input.length && !this.closed && this.problem === undefined) {
      this.#take(input[at] ?? 0);
      at += 1;
      if (this.#state === 'plain' && this.#high === 0) at = this.#copyPlain(input, at);
    }
    return { at, bytes: this.#output.subarray(0, this.#length) };
  }

  /** The bulk of every report: characters that stand for themselves. */
  #copyPlain(input: Uint8Array, start: number): number {
    let at = start;
    let length = this.#length;
    const output = this.#output;
    for (; at < input.length && !this.closed; at += 1) {
      const byte = input[at] ?? 0;
      if (byte === BACKSLASH || byte === QUOTE || byte < FIRST_PRINTABLE) break;
      output[length] = byte;
      length += 1;
    }
    this.#length = length;
    return at;
  }

  #take(byte: number): void {
    if (this.#state === 'plain') this.#takePlain(byte);
    else if (this.#state === 'escape') this.#takeEscape(byte);
    else this.#takeHexDigit(byte);
  }

  #takePlain(byte: number): void {
    if (byte === BACKSLASH) {
      this.#state = 'escape';
      return;
    }
    this.#flushHigh();
    if (byte === QUOTE) this.closed = true;
    else if (byte < FIRST_PRINTABLE)
      this.problem = 'it is not valid JSON (a raw control character)';
    else this.#write(byte);
  }

  #takeEscape(byte: number): void {
    if (byte === LETTER_U) {
      this.#state = 'unicode';
      this.#hexDigits = 0;
      this.#code = 0;
      return;
    }
    const character = SHORT_ESCAPES.get(byte);
    if (character === undefined) {
      this.problem = 'it is not valid JSON (an unknown escape)';
      return;
    }
    this.#state = 'plain';
    this.#flushHigh();
    this.#write(character);
  }

  #takeHexDigit(byte: number): void {
    const digit = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) {
      this.problem = 'it is not valid JSON (an unfinished \\u escape)';
      return;
    }
    this.#code = this.#code * 16 + digit;
    this.#hexDigits += 1;
    if (this.#hexDigits < 4) return;
    this.#state = 'plain';
    this.#takeCodeUnit(this.#code);
  }

  #takeCodeUnit(unit: number): void {
    const isLow = unit >= 0xdc00 && unit <= 0xdfff;
    if (isLow && this.#high !== 0) {
      this.#writeCharacter(0x10000 + (this.#high - 0xd800) * 0x400 + (unit - 0xdc00));
      this.#high = 0;
      return;
    }
    this.#flushHigh();
    if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
    else this.#writeCharacter(isLow ? REPLACEMENT_CHARACTER : unit);
  }

  /** Half a surrogate pair is no character; UTF-8 cannot hold it (RFC 8259 §8.2). */
  #flushHigh(): void {
    if (this.#high === 0) return;
    this.#high = 0;
    this.#writeCharacter(REPLACEMENT_CHARACTER);
  }

  #writeCharacter(codePoint: number): void {
    for (const byte of new TextEncoder().encode(String.fromCodePoint(codePoint))) this.#write(byte);
  }

  #write(byte: number): void {
    this.#output[this.#length] = byte;
    this.#length += 1;
  }
}
