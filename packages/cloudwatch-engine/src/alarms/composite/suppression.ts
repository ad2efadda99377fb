/**
 * Why the actions of a composite alarm are held back: for the wait period after its own transition, while the suppressor
 * is in ALARM, for the extension period after the suppressor left it. `until` in seconds since 1970.
 */
export type Suppression =
  | { readonly by: 'WaitPeriod' | 'ExtensionPeriod'; readonly until: number }
  | { readonly by: 'Alarm' };

/** As CloudWatch words it. */
export const suppressedReason = (by: string): string => `Actions suppressed by ${by}`;

/** Seconds. */
export type SuppressorPeriods = { readonly waitPeriod: number; readonly extensionPeriod: number };

/**
 * The composite alarm changed its state at `at` (user guide, "Alarm suppression"). undefined: its actions run now. A
 * transition within the wait period begins the wait anew, one within the extension period does not (documented
 * timelines 3 and 6).
 */
export function suppressTransition(
  { waitPeriod }: SuppressorPeriods,
  suppressorInAlarm: boolean,
  current: Suppression | undefined,
  at: number,
): Suppression | undefined {
  if (suppressorInAlarm) return { by: 'Alarm' };
  if (current?.by === 'ExtensionPeriod') return current;
  return waitPeriod > 0 ? { by: 'WaitPeriod', until: at + waitPeriod } : undefined;
}

/** The suppressor went into ALARM or left it at `at`, while actions are held back. undefined: they run now. */
export function suppressorChanged(
  { extensionPeriod }: SuppressorPeriods,
  suppressorInAlarm: boolean,
  current: Suppression,
  at: number,
): Suppression | undefined {
  if (suppressorInAlarm) return { by: 'Alarm' };
  if (current.by !== 'Alarm') return current;
  return extensionPeriod > 0 ? { by: 'ExtensionPeriod', until: at + extensionPeriod } : undefined;
}
