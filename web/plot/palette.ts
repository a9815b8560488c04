/**
 * Colours of series that people with any kind of colour vision can tell apart (after Okabe and Ito, 2008),
 * each with a contrast of at least 3:1 to its background (WCAG 1.4.11). Lines have signs, too (marks.ts).
 */
export const PALETTE = {
  light: [
    '#4059d0',
    '#cc5500',
    '#0b8a68',
    '#b0367f',
    '#1c82b4',
    '#8a6b00',
    '#7a3ec8',
    '#6b4a2b',
    '#59657d',
    '#a3203a',
  ],
  dark: [
    '#8fa6ff',
    '#f5a057',
    '#4fd0a5',
    '#f08cc8',
    '#6cc8f0',
    '#e3c452',
    '#c4a0ff',
    '#d2a27c',
    '#b4bbcd',
    '#ff8a90',
  ],
} as const;

export const INK = {
  light: {
    text: '#4c5469',
    line: '#e4e7ef',
    axis: '#bcc3d2',
    surface: '#ffffff',
    title: '#20263a',
  },
  dark: { text: '#b4bbcd', line: '#2c3347', axis: '#3d455b', surface: '#191e2c', title: '#e6e9f2' },
} as const;

export type Scheme = keyof typeof PALETTE;

/** The colour of a series by its place. */
export function colourOf(index: number, scheme: Scheme): string {
  const colours = PALETTE[scheme];
  return colours[index % colours.length] ?? colours[0];
}
