/** Something that is read and not emitted, emitted and not read, or read as it makes no sense. */
export type Finding = {
  readonly code:
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
    | 'expression';
  /** An error shows nothing, or the wrong thing; a warning costs money, or may be meant. */
  readonly severity: 'error' | 'warning';
  /** The alarm, or the dashboard and its widget; for what is emitted, who emits it. */
  readonly where: string;
  /** What is wrong, and the way out. */
  readonly message: string;
};
