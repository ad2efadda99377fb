import type { Alarm, CompositeAlarm } from '../config/alarm.ts';
import { childrenOf } from './rule.ts';

/** Names of the alarms that a composite alarm reads: those of its rule, and its suppressor. */
export function alarmsReadBy({ rule, suppressor }: CompositeAlarm): readonly string[] {
  return [...childrenOf(rule), ...(suppressor === undefined ? [] : [suppressor.alarm])];
}

/** Composite alarms in an order in which children come before what depends on them, and those that stand in a cycle. */
export type CompositeOrder = {
  readonly order: readonly CompositeAlarm[];
  /** Names of alarms that depend on themselves through others: CloudWatch stops to evaluate them. */
  readonly cyclic: ReadonlySet<string>;
  /** Names of the composite alarms whose rules name an alarm. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
};

/** Orders by dependency and then by name, whatever the order of the alarms given. */
export function compositeOrder(alarms: readonly Alarm[]): CompositeOrder {
  const composites = new Map<string, CompositeAlarm>();
  for (const alarm of alarms.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (alarm.kind === 'composite') composites.set(alarm.name, alarm);
  }
  const parents = new Map<string, string[]>();
  for (const alarm of composites.values()) {
    for (const child of childrenOf(alarm.rule)) parents.set(child, [...(parents.get(child) ?? []), alarm.name]);
  }
  const visited = new Map<string, 'open' | 'done'>();
  const order: CompositeAlarm[] = [];
  const cyclic = new Set<string>();
  const visit = (alarm: CompositeAlarm, path: readonly string[]): void => {
    visited.set(alarm.name, 'open');
    for (const name of childrenOf(alarm.rule)) {
      const child = composites.get(name);
      if (!child) continue;
      if (visited.get(name) === 'open') for (const each of path.slice(path.indexOf(name))) cyclic.add(each);
      else if (!visited.has(name)) visit(child, [...path, name]);
    }
    visited.set(alarm.name, 'done');
    order.push(alarm);
  };
  for (const alarm of composites.values()) if (!visited.has(alarm.name)) visit(alarm, [alarm.name]);
  return { order, cyclic, parents };
}
