export type Theme = 'light' | 'dark';

/**
 * Twelve colours that stay apart with any colour vision (built on Okabe and Ito's palette), each with a contrast of 3:1
 * or more to the ground of its theme (WCAG 2.2, 1.4.11).
 */
const PALETTES: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    '#0a6fb8',
    '#cf5b00',
    '#00845f',
    '#b4508a',
    '#9a7400',
    '#1c8fc4',
    '#6c4fc2',
    '#85522e',
    '#5f7a14',
    '#c22f4e',
    '#5c6673',
    '#00787e',
  ],
  dark: [
    '#4aa3e8',
    '#f08a3c',
    '#2fc394',
    '#e08bbd',
    '#e6b422',
    '#7cc8f2',
    '#a78bfa',
    '#c99568',
    '#a9c94f',
    '#f2708a',
    '#a3adba',
    '#45c5c9',
  ],
};

const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

/** The colour of the n-th series of a chart: the palette goes round. */
export function seriesColor(index: number, theme: Theme): string {
  const palette = PALETTES[theme];
  return palette[index % palette.length] ?? '#5c6673';
}

/** Dashes of the n-th series in pixels: a line whose colour another has already is told apart by them. */
export function seriesDash(index: number): readonly number[] {
  return DASHES[Math.floor(index / PALETTES.light.length) % DASHES.length] ?? [];
}

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** A colour that a dashboard body gives, when it is one: bodies are text of strangers. */
export function givenColor(color: string | undefined): string | undefined {
  return color !== undefined && HEX.test(color) ? color : undefined;
}

/** `#rrggbb` or `#rgb` with an alpha from 0 to 1. */
export function withAlpha(color: string, alpha: number): string {
  const full = color.length === 4 ? `#${[...color.slice(1)].map((digit) => digit + digit).join('')}` : color;
  const byte = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
  return `${full}${byte.toString(16).padStart(2, '0')}`;
}
