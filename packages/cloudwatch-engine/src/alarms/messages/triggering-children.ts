import type { AlarmState } from '../evaluation/alarm-state.ts';

/** An alarm of a rule that made a composite alarm change, as its reason data has it. */
export type TriggeringChild = {
  readonly arn: string;
  readonly state: { readonly value?: string; readonly timestamp?: string };
};

/** None where the state was set by hand: its reason data may be any text. */
export function triggeringChildren({ reasonData = '' }: AlarmState): readonly TriggeringChild[] {
  try {
    const { triggeringAlarms } = JSON.parse(reasonData);
    return Array.isArray(triggeringAlarms) ? triggeringAlarms : [];
  } catch {
    return [];
  }
}
