/** px of a letter where nothing can be measured. */
const LETTER = 7;

/** Measures texts in a font, such as `13px Inter`. */
export function textMeasure(font: string): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * LETTER;
  context.font = font;
  return (text) => context.measureText(text).width;
}
