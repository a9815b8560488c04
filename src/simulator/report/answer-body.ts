/** Characters of report text in one piece of the body; enough to make the cost per piece vanish. */
const PIECE_CHARACTERS = 65_536;

/**
 * The body of an answer, `{"data":"…"}` (reference §0.1), in pieces. Lines are taken as they are
 * needed, so that a body of any size needs the memory of one piece.
 */
export function* answerBody(lines: Iterable<string>): Generator<string> {
  yield '{"data":"';
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield escaped(piece);
    piece = '';
  }
  yield escaped(piece);
  yield '"}';
}

function escaped(piece: string): string {
  return JSON.stringify(piece).slice(1, -1);
}
