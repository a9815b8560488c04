/** The text of one report, which can be read as often as needed without being held in memory as a whole. */
export interface ReportText {
  /** Pieces of the text in order; a piece may end anywhere between two characters. */
  chunks(): AsyncIterable<string>;
}

/** A report that is in memory already, in pieces of `size` characters. */
export function textInMemory(text: string, size = 1024 * 1024): ReportText {
  return {
    async *chunks() {
      for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
    },
  };
}
