import { JsonStringDecoder } from './json-string-decoder.ts';

const NOTHING = new Uint8Array(0);

/** The member of the answer that holds the report (reference §0.1). */
const REPORT_KEY = 'data';

/** A longer key is none that matters; keeping it would let an answer fill the memory. */
const MAX_KEY_BYTES = 100;

type State =
  | 'start'
  | 'first_key'
  | 'key'
  | 'in_key'
  | 'colon'
  | 'value'
  | 'in_report'
  | 'in_text'
  | 'in_other'
  | 'after_value'
  | 'end';

/** Which of JSON's structural characters may stand where, and what follows it (RFC 8259 §4). */
const TRANSITIONS: Partial<Record<State, Readonly<Record<string, State>>>> = {
  start: { '{': 'first_key' },
  first_key: { '"': 'in_key', '}': 'end' },
  key: { '"': 'in_key' },
  colon: { ':': 'value' },
  after_value: { ',': 'key', '}': 'end' },
};

/** Finds the text of member `data` in a JSON object, in one pass, keeping nothing else of it. */
export class JsonReportDecoder {
  /** What is wrong with the answer, once it is known. */
  problem: string | undefined;
  #state: State = 'start';
  #text = new JsonStringDecoder();
  #key = '';
  #found = false;
  #depth = 0;
  #inNestedText = false;
  #escaped = false;

  /** Whether the object has ended and the report was in it. */
  get complete(): boolean {
    return this.#state === 'end' && this.#found;
  }

  /** The bytes of the report that a piece of the answer holds; none once there is a {@link problem}. */
  push(chunk: Uint8Array): Uint8Array {
    let report: Uint8Array = NOTHING;
    let at = 0;
    while (at < chunk.length && this.problem === undefined) {
      if (this.#state === 'in_report' || this.#state === 'in_key' || this.#state === 'in_text') {
        const state = this.#state;
        const read = this.#text.read(chunk, at);
        at = read.at;
        if (state === 'in_report') report = read.bytes;
        if (state === 'in_key') this.#takeKey(read.bytes);
        this.problem = this.#text.problem;
        if (this.#text.closed) this.#closeText(state);
      } else {
        this.#take(String.fromCharCode(chunk[at] ?? 0));
        at += 1;
      }
    }
    if (this.#state === 'end' && !this.#found) this.problem ??= 'it has no "data"';
    return this.problem === undefined ? report : NOTHING;
  }

  #takeKey(bytes: Uint8Array): void {
    if (this.#key.length < MAX_KEY_BYTES) this.#key += new TextDecoder().decode(bytes);
  }

  #closeText(state: 'in_report' | 'in_key' | 'in_text'): void {
    this.#state = state === 'in_key' ? 'colon' : 'after_value';
  }

  #take(character: string): void {
    if (this.#state === 'in_other') {
      this.#skip(character);
      return;
    }
    if (/\s/.test(character)) return;
    if (this.#state === 'value') {
      this.#startValue(character);
      return;
    }
    // A byte order mark may stand before the object; it arrives as three bytes.
    if (this.#state === 'start' && /[\u00ef\u00bb\u00bf]/.test(character)) return;
    const next = TRANSITIONS[this.#state]?.[character];
    if (next === undefined) this.problem = `it is not valid JSON (${JSON.stringify(character)})`;
    else this.#enter(next);
  }

  #enter(state: State): void {
    this.#state = state;
    if (state !== 'in_key') return;
    this.#key = '';
    this.#text = new JsonStringDecoder();
  }

  #startValue(character: string): void {
    const isReport = this.#key === REPORT_KEY;
    this.#text = new JsonStringDecoder();
    if (isReport && (character !== '"' || this.#found)) {
      this.problem = 'its "data" is not one text';
    } else if (isReport) {
      this.#found = true;
      this.#state = 'in_report';
    } else if (character === '"') {
      this.#state = 'in_text';
    } else {
      this.#state = 'in_other';
      this.#depth = 0;
      this.#skip(character);
    }
  }

  /** Any other value is passed over up to the comma or brace behind it. */
  #skip(character: string): void {
    if (this.#inNestedText) {
      if (this.#escaped) this.#escaped = false;
      else if (character === '\\') this.#escaped = true;
      else if (character === '"') this.#inNestedText = false;
      return;
    }
    if (character === '"') this.#inNestedText = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === ']' || character === '}' || character === ',') this.#leave(character);
  }

  #leave(character: string): void {
    if (this.#depth > 0) {
      if (character !== ',') this.#depth -= 1;
      return;
    }
    this.#state = 'after_value';
    this.#take(character);
  }
}
