type MetricView = 'timeSeries' | 'singleValue' | 'gauge' | 'bar' | 'pie' | 'table';
export type AxisSide = 'left' | 'right';

/** What one row of `metrics` says for itself, before what the widget says for all. Periods in seconds. */
export type RenderProperties = {
  readonly id?: string;
  readonly label?: string;
  /** `#rgb` or `#rrggbb` */
  readonly color?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly visible?: boolean;
  readonly yAxis?: AxisSide;
  readonly region?: string;
  readonly accountId?: string;
};

/** One row of `metrics`, with its `.`, `..` and `...` replaced by what they stand for. */
export type MetricRow =
  | {
      readonly kind: 'metric';
      readonly namespace: string;
      readonly name: string;
      readonly dimensions: readonly { readonly name: string; readonly value: string }[];
      readonly render: RenderProperties;
    }
  /** Metric math, a search, or a Metrics Insights query. */
  | { readonly kind: 'expression'; readonly expression: string; readonly render: RenderProperties };

type AnnotationText = { readonly label?: string; readonly color?: string; readonly visible?: boolean };

/** A line at a value of the left axis, unless `yAxis` says otherwise. */
export type HorizontalAnnotation = AnnotationText & {
  readonly value: number;
  readonly fill?: 'above' | 'below' | 'none';
  readonly yAxis?: AxisSide;
};

/** A line at an instant in ISO 8601. */
export type VerticalAnnotation = AnnotationText & {
  readonly value: string;
  readonly fill?: 'before' | 'after' | 'none';
};

/** Two of them are the edges of a band, of which the first says colour, axis and visibility. */
export type Annotations = {
  readonly horizontal?: readonly (HorizontalAnnotation | readonly [HorizontalAnnotation, HorizontalAnnotation])[];
  readonly vertical?: readonly (VerticalAnnotation | readonly [VerticalAnnotation, VerticalAnnotation])[];
  /** The ARN of the alarm that the widget draws; then it has no `metrics`. At most one. */
  readonly alarms?: readonly string[];
};

export type Axis = {
  readonly min?: number;
  readonly max?: number;
  readonly label?: string;
  readonly showUnits?: boolean;
};

type SummaryColumn = 'MIN' | 'MAX' | 'SUM' | 'AVG';

/** How a widget draws, apart from what ("Properties of a Metric Widget Object"). All members of AWS's own names. */
type MetricDrawing = {
  readonly view?: MetricView;
  readonly title?: string;
  readonly stacked?: boolean;
  readonly liveData?: boolean;
  readonly sparkline?: boolean;
  readonly trend?: boolean;
  readonly setPeriodToTimeRange?: boolean;
  readonly singleValueFullPrecision?: boolean;
  readonly legend?: { readonly position?: 'right' | 'bottom' | 'hidden' };
  readonly labels?: { readonly visible?: boolean };
  readonly yAxis?: { readonly left?: Axis; readonly right?: Axis };
  /** `+hhmm` or `-hhmm` */
  readonly timezone?: string;
  readonly table?: {
    readonly layout?: 'horizontal' | 'vertical';
    readonly stickySummary?: boolean;
    readonly showTimeSeriesData?: boolean;
    readonly summaryColumns?: readonly SummaryColumn[];
  };
  readonly annotations?: Annotations;
};

export type MetricProperties<Rows = readonly MetricRow[]> = MetricDrawing & {
  readonly metrics?: Rows;
  readonly region?: string;
  readonly accountId?: string;
  /** Seconds; 300 without it. */
  readonly period?: number;
  /** `Average` without it. */
  readonly stat?: string;
  /** Instead of the dashboard's: ISO 8601, or `-PT6H` and the like. */
  readonly start?: string;
  readonly end?: string;
  /** A graph of a Contributor Insights rule's top contributors. */
  readonly insightRule?: {
    readonly ruleName: string;
    readonly maxContributorCount?: number;
    readonly orderBy?: string;
  };
};
