import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { words } from './words/parts.ts';

/** The one accent: links, the main action of a screen, focus. Shade 6 on white has a contrast of 5.6:1. */
const iris: MantineColorsTuple = [
  '#eef1ff',
  '#dde3fb',
  '#b9c4f3',
  '#93a3eb',
  '#7387e4',
  '#5c73df',
  '#4059d0',
  '#3449b4',
  '#2a3d9a',
  '#1e2f80',
];

/** Greys with a little of the accent in them, so that surfaces and text belong together. */
const gray: MantineColorsTuple = [
  '#f7f8fb',
  '#f0f2f7',
  '#e4e7ef',
  '#d5dae5',
  '#bcc3d2',
  '#98a1b5',
  '#5d667d',
  '#4c5469',
  '#343b4e',
  '#20263a',
];

/** Shade 6, of what cannot be undone, can be read on white: 5.6:1. */
const red: MantineColorsTuple = [
  '#fff1f0',
  '#ffe0de',
  '#fbc1bd',
  '#f59e98',
  '#ee7d75',
  '#dd5048',
  '#c52f2f',
  '#ab2626',
  '#902020',
  '#701919',
];

const dark: MantineColorsTuple = [
  '#d3d8e6',
  '#b4bbcd',
  '#9099b0',
  '#5d667f',
  '#3d455b',
  '#2c3347',
  '#222838',
  '#191e2c',
  '#131723',
  '#0d101a',
];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: 6,
  colors: { iris, gray, dark, red },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  // One scale of type, in rem: labels and tables, text, leads, titles.
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.45' },
  headings: {
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  // One scale of space: 4, 8, 12, 16, 24, 32 px.
  spacing: { xxs: '0.25rem', xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  defaultRadius: 'md',
  radius: { sm: '4px', md: '6px', lg: '10px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  autoContrast: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm' } },
    // A list that is closed costs nothing: by itself all options of all fields would be drawn, and hidden.
    Combobox: { defaultProps: { keepMounted: false } },
    Textarea: { defaultProps: { size: 'sm' } },
    // Help and errors of a field are of the scale, too: by themselves they are 2 px smaller than the input.
    InputWrapper: {
      vars: () => ({
        label: {},
        required: {},
        error: { '--input-error-size': 'var(--mantine-font-size-xs)' },
        description: { '--input-description-size': 'var(--mantine-font-size-xs)' },
      }),
      styles: { label: { marginBottom: 4 } },
    },
    Modal: {
      defaultProps: { radius: 'lg' },
      styles: { title: { fontSize: 'var(--mantine-h2-font-size)', fontWeight: 620 } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': words.close } } },
    // Its first item has the focus; a placeholder before it would be no item of a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Table: { defaultProps: { verticalSpacing: 'sm', horizontalSpacing: 'md' } },
  },
});

/** On dark, a tint that is lighter than the surface: Mantine's own is darker than it, like a hole. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {},
  dark: {
    '--mantine-color-iris-light': 'rgb(92 115 223 / 22%)',
    '--mantine-color-iris-light-hover': 'rgb(92 115 223 / 32%)',
    '--mantine-color-iris-light-color': 'var(--mantine-color-iris-1)',
  },
});
