import { describe, expect, it } from 'vitest';
import { matchingLine } from './matching-line.ts';

const note =
  'For the board.\nWhat the weekly review of all products in Europe begins with: Weekly buyers';

describe('the line of a note that was found', () => {
  it.each([
    ['BOARD', 'For the board.'],
    ['weekly', 'What the weekly review of all products in Europe begins with: Weekly buyers'],
    ['weekly buyers', '…in Europe begins with: Weekly buyers'],
    [' europe ', '…of all products in Europe begins with: Weekly buyers'],
  ])('is, for %j, %j', (sought, line) => {
    expect(matchingLine(note, sought)).toBe(line);
  });

  it('begins with the match where no word begins before it', () => {
    expect(matchingLine(`${'x'.repeat(60)}find`, 'find')).toBe('…find');
  });

  it.each(['', ' ', 'finance'])('is none for %j', (sought) => {
    expect(matchingLine(note, sought)).toBeNull();
  });
});
