import { inspect } from 'node:util';

/**
 * A text that must not be seen: it prints as `[secret]` wherever it is printed, also inside other
 * objects, in JSON and in logs. Only {@link Secret.reveal} gives the text, at the place of use.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself: only for what is sent to Amplitude, never for anything that is kept or shown. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
