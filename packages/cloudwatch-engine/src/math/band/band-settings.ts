/**
 * The band of ANOMALY_DETECTION_BAND. CloudWatch's own is a model that AWS keeps to itself; this one is plain statistics
 * with the documented frame: trained on what came before, two weeks at most, as wide as a number of standard deviations.
 */
export type BandSettings = {
  /** How far back the datapoints lie that a band is made of. Default two weeks, CloudWatch's most. */
  readonly trainingSeconds: number;
  /** Only datapoints a whole number of seasons ago count, where there are enough: 86,400 for a daily pattern. Default 0, none. */
  readonly seasonSeconds: number;
  /** With fewer datapoints there is no band. Default 3. */
  readonly minimumDatapoints: number;
};

export const DEFAULT_BAND_SETTINGS: BandSettings = {
  trainingSeconds: 14 * 86_400,
  seasonSeconds: 0,
  minimumDatapoints: 3,
};
