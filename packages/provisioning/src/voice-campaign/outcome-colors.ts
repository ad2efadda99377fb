/** Colours of how calls end, the same on every dashboard; told apart with any colour vision (Okabe and Ito's palette). */
export const outcomeColors = {
  answered: '#009e73',
  busy: '#e69f00',
  noAnswer: '#56b4e9',
  failed: '#d55e00',
  converted: '#0072b2',
  optedOut: '#cc79a7',
} as const;
