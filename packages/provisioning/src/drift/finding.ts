/** Where a finding is: in a dashboard, in an alarm, or in what is emitted. */
export type Place =
  | {
      readonly kind: 'dashboard';
      readonly name: string;
      /** Its index in the body, from 0. */
      readonly widget?: number;
      readonly title?: string;
      /** The index in the widget's `metrics`. */
      readonly row?: number;
    }
  | { readonly kind: 'alarm'; readonly name: string; readonly query?: string }
  | {
      readonly kind: 'emitted';
      readonly namespace: string;
      readonly metric: string;
      readonly dimensions: readonly string[];
    }
  /** A log line, from 1. */
  | { readonly kind: 'line'; readonly number: number };

export type FindingCode =
  | 'unread'
  | 'unemitted'
  | 'namespace'
  | 'dimensions'
  | 'dimension-value'
  | 'statistic'
  | 'unit'
  | 'resolution'
  | 'cardinality'
  | 'aws-metric'
  | 'emf'
  | 'dashboard'
  | 'alarm'
  | 'expression';

/**
 * One difference between what is emitted and what is read. An error reads nothing, or something wrong; a warning costs
 * money or misleads; a note is what could not be checked, or need not be.
 */
export type Finding = {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'note';
  readonly at: Place;
  /** What is wrong, the limit, and the way out. */
  readonly message: string;
};

/** The place in words: `dashboard calls, widget 3 (Answered), row 2`, counted from 1. */
export const describePlace = (place: Place): string => {
  switch (place.kind) {
    case 'dashboard': {
      const { name, widget, title, row } = place;
      const titled = title === undefined ? '' : ` (${title})`;
      const inWidget = widget === undefined ? '' : `, widget ${widget + 1}${titled}`;
      return `dashboard ${name}${inWidget}${row === undefined ? '' : `, row ${row + 1}`}`;
    }
    case 'alarm':
      return `alarm ${place.name}${place.query === undefined ? '' : `, query ${place.query}`}`;
    case 'emitted':
      return `${place.namespace} ${place.metric}${bySet(place.dimensions)}`;
    case 'line':
      return `line ${place.number}`;
  }
};

/** ` by [a, b]`, or nothing for the series without dimensions. */
export const bySet = (keys: readonly string[]): string => (keys.length === 0 ? '' : ` by [${keys.join(', ')}]`);
