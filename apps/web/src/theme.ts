import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** One ink, the blue-black of a fountain pen. */
const ink: MantineColorsTuple = [
  '#eef2f8',
  '#dce4f0',
  '#bac9e0',
  '#97aed0',
  '#7590bd',
  '#5674a6',
  '#40608f',
  '#2f4d78',
  '#213a5e',
  '#172b47',
];

/** 朱: the red of a seal, only for what blocks or cannot be undone. */
const seal: MantineColorsTuple = [
  '#fbefec',
  '#f6ddd7',
  '#ecb9ad',
  '#e29583',
  '#d8725b',
  '#c9573e',
  '#b4432f',
  '#9a3524',
  '#7c2a1c',
  '#5e1f15',
];

const gray: MantineColorsTuple = [
  '#f7f6f3',
  '#efeeea',
  '#e3e1dc',
  '#d3d0ca',
  '#b9b6af',
  '#96938d',
  '#76746f',
  '#5a5955',
  '#403f3c',
  '#2a2927',
];

const dark: MantineColorsTuple = [
  '#e4e3df',
  '#c3c3c1',
  '#a5a6a8',
  '#76787d',
  '#45484f',
  '#33363d',
  '#26292f',
  '#1d2025',
  '#16181c',
  '#101215',
];

const onFilled = (variant: string, name: string) => ({
  root: variant === 'filled' ? { [name]: 'var(--on-filled)' } : {},
});

export const theme = createTheme({
  colors: { ink, seal, gray, dark },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  defaultRadius: 'xs',
  fontFamily: '"Noto Sans JP Variable", "Hiragino Sans", "Yu Gothic UI", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.6', sm: '1.65', md: '1.7', lg: '1.6', xl: '1.5' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.4' },
      h2: { fontSize: '1.125rem', lineHeight: '1.5' },
      h3: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Mantine's own contrast knows only the light shade of a colour.
    Button: { vars: (_: unknown, { variant = 'filled' }: { variant?: string }) => onFilled(variant, '--button-color') },
    ActionIcon: { vars: (_: unknown, { variant = 'filled' }: { variant?: string }) => onFilled(variant, '--ai-color') },
    Checkbox: { vars: () => ({ root: { '--checkbox-icon-color': 'var(--on-filled)' } }) },
  },
});

/** Mantine's `dimmed` and placeholder are too pale for WCAG 4.5:1 on paper. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--on-filled': '#ffffff',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#23252a',
    '--mantine-color-dimmed': '#5c5f66',
    '--mantine-color-placeholder': '#6d7076',
    '--mantine-color-error': '#a8391f',
    '--mantine-color-default-border': '#d3d0ca',
    '--mantine-color-anchor': '#2f4d78',
    '--desk': '#f4f3ef',
    '--paper': '#ffffff',
    '--rule': '#dedbd4',
    '--rule-strong': '#a9a59c',
    '--accent': '#213a5e',
    '--accent-soft': '#e9eef6',
    '--alert': '#a8391f',
    '--alert-soft': '#fbefec',
  },
  dark: {
    '--on-filled': '#14161a',
    '--mantine-color-body': '#1d2025',
    '--mantine-color-text': '#e4e3df',
    '--mantine-color-dimmed': '#a9abb0',
    '--mantine-color-placeholder': '#96989d',
    '--mantine-color-error': '#ee9a87',
    '--mantine-color-default-border': '#45484f',
    '--mantine-color-anchor': '#a9c0e2',
    '--desk': '#14161a',
    '--paper': '#1d2025',
    '--rule': '#363940',
    '--rule-strong': '#6a6d74',
    '--accent': '#a9c0e2',
    '--accent-soft': '#26324a',
    '--alert': '#ee9a87',
    '--alert-soft': '#3a2420',
  },
});
