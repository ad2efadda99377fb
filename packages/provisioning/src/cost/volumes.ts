/** How much a system does in a month. */
export type Volumes = {
  readonly callsPerMonth: number;
  /** Functions that each call passes through, each invoked once; default 2. */
  readonly invocationsPerCall?: number;
  /** Of log lines, EMF among them; default 2,000. */
  readonly logBytesPerInvocation?: number;
  /** In which calls are made; default 10. */
  readonly activeHoursPerDay?: number;
  /** Values of dimensions that declare none, by dimension; default: as many as the contract allows. */
  readonly dimensionValues?: Readonly<Record<string, number>>;
  /** Dashboards that the account has besides: the first three are free; default 0. */
  readonly otherDashboards?: number;
  /** Custom metrics that the account has besides; default 0. */
  readonly otherCustomMetrics?: number;
  /** How long dashboards with log widgets are open, and how often each query runs again; default: not at all. */
  readonly logWidgets?: { readonly hoursPerMonth: number; readonly refreshSeconds: number };
  /** Programs that ask for metrics; default none. */
  readonly pollers?: readonly { readonly metrics: number; readonly everySeconds: number }[];
  /** Alarms that go off, or are over; default 100. */
  readonly alarmChangesPerMonth?: number;
  /** Instances with detailed monitoring; default 0. */
  readonly detailedInstances?: number;
};

/** The volumes with their defaults. */
export const withDefaultVolumes = (volumes: Volumes): Required<Volumes> => ({
  invocationsPerCall: 2,
  logBytesPerInvocation: 2000,
  activeHoursPerDay: 10,
  dimensionValues: {},
  otherDashboards: 0,
  otherCustomMetrics: 0,
  logWidgets: { hoursPerMonth: 0, refreshSeconds: 60 },
  pollers: [],
  alarmChangesPerMonth: 100,
  detailedInstances: 0,
  ...volumes,
});
