import { dollarsPerHour } from '../polling-cost.ts';

const LONGEST_SECONDS = 60;

/**
 * How often a series is worth asking for: once in its period, and once a minute for longer ones, since CloudWatch has
 * nothing newer. A metric of one second's resolution changes within its minute.
 */
export function pollInterval(periodSeconds: number, isHighResolution: boolean): number {
  return isHighResolution ? 1 : Math.min(LONGEST_SECONDS, Math.max(1, periodSeconds));
}

/** By how much all intervals grow so that polling stays within a budget in US dollars an hour; 1 where it does already. */
export function stretchFor(intervals: readonly number[], budgetPerHour: number): number {
  return Math.max(1, dollarsPerHour(intervals) / budgetPerHour);
}
