/** The text of one report, which can be read as often as needed without being held in memory as a whole. */
export interface ReportText {
  /** Pieces of the text in order, each about a mebibyte; a piece may end anywhere between two characters. */
  chunks(): AsyncIterable<string>;
}
