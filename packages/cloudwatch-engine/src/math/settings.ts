import { DEFAULT_SEARCH_SETTINGS, type SearchSettings } from '../search/search-expression.ts';
import { type BandSettings, DEFAULT_BAND_SETTINGS } from './band/band-settings.ts';
import { DEFAULT_LABEL_FORMATS, type LabelFormats } from './labels/label-formats.ts';
import { DEFAULT_SYNTAX, type SyntaxSettings } from './syntax/expression.ts';

/** What AWS does not say about metric math, or says in part. All of it can be set; `docs/fidelity.md` lists it. */
export type MathSettings = {
  readonly syntax: SyntaxSettings;
  readonly search: SearchSettings;
  readonly band: BandSettings;
  readonly labels: LabelFormats;
  /**
   * What AVG of one series divides by: its `datapoints` (the default: "the average of all the data points in the metric")
   * or all `periods` of the time range (the same row says "Missing values are treated as 0").
   */
  readonly averageOfSeries: 'datapoints' | 'periods';
  /** What AVG of an array does where some series have no point: counts them as 0 (the default, documented) or skips them. */
  readonly averageOfArray: 'zero' | 'skip';
  /** What MAX, MIN and STDDEV of an array do there: skip them (the default) or count them as 0. */
  readonly extremesOfArray: 'zero' | 'skip';
  /** STDDEV divides by n (`population`, the default) or by n - 1 (`sample`). */
  readonly standardDeviation: 'population' | 'sample';
  /** Whether FILL with a number or a series fills one that has no point at all in the time range (the default). */
  readonly fillOfEmpty: 'fill' | 'keep-empty';
  /**
   * Metrics with different periods in one expression: computed at every timestamp that any of them has, where the others
   * are missing (`union`, the default), or an error (`refuse`).
   */
  readonly mixedPeriods: 'union' | 'refuse';
  /** Most datapoints that one series of a result may span; more is an error, to bound memory. Default 2,000,000. */
  readonly maxDatapoints: number;
  /** Most that the results of all queries of a request may span together. Default 25,000,000, that is 200 MB. */
  readonly maxTotalDatapoints: number;
};

export const DEFAULT_MATH_SETTINGS: MathSettings = {
  syntax: DEFAULT_SYNTAX,
  search: DEFAULT_SEARCH_SETTINGS,
  band: DEFAULT_BAND_SETTINGS,
  labels: DEFAULT_LABEL_FORMATS,
  averageOfSeries: 'datapoints',
  averageOfArray: 'zero',
  extremesOfArray: 'skip',
  standardDeviation: 'population',
  fillOfEmpty: 'fill',
  mixedPeriods: 'union',
  maxDatapoints: 2_000_000,
  maxTotalDatapoints: 25_000_000,
};
