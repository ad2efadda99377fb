import type { AlarmRule } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmView } from '../../protocol/alarm-view.ts';
import { StateBadge } from '../shell/state-badge.tsx';
import { linkTo } from '../state/route.ts';

type Known = ReadonlyMap<string, AlarmView>;
type Props = { readonly rule: AlarmRule; readonly known: Known };

const nameIn = (reference: string): string => /:alarm:(.+)$/s.exec(reference)?.[1] ?? reference;

/** The rule of a composite alarm as a tree, with the present state of every alarm in it. */
export function RuleTree({ rule, known }: Props) {
  return (
    <ul class="tree">
      <Branch rule={rule} known={known} />
    </ul>
  );
}

function Branch({ rule, known }: Props) {
  switch (rule.kind) {
    case 'constant':
      return <li class="mono">{String(rule.value).toUpperCase()}</li>;
    case 'state':
      return (
        <li>
          <Leaf name={nameIn(rule.alarm)} wanted={rule.state} known={known} />
        </li>
      );
    case 'not':
      return (
        <li>
          <b class="tree-word">NOT</b>
          <ul>
            <Branch rule={rule.of} known={known} />
          </ul>
        </li>
      );
    case 'and':
    case 'or':
      return (
        <li>
          <b class="tree-word">{rule.kind === 'and' ? 'ALL of' : 'ANY of'}</b>
          <ul>
            {flatten(rule, rule.kind).map((part, index) => (
              <Branch key={index} rule={part} known={known} />
            ))}
          </ul>
        </li>
      );
    case 'at-least':
      return <AtLeast rule={rule} known={known} />;
  }
}

type AtLeastProps = { readonly rule: Extract<AlarmRule, { readonly kind: 'at-least' }>; readonly known: Known };

function AtLeast({ rule, known }: AtLeastProps) {
  return (
    <li>
      <b class="tree-word">
        AT LEAST {rule.count}
        {rule.unit === 'percent' ? ' %' : ''} of {rule.alarms.length}
      </b>
      <ul>
        {rule.alarms.map((alarm, index) => (
          <li key={index}>
            <Leaf name={nameIn(alarm)} wanted={`${rule.negated ? 'not ' : ''}${rule.state}`} known={known} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/** `a OR (b OR c)` is one list of three. */
const flatten = (rule: AlarmRule, kind: 'and' | 'or'): readonly AlarmRule[] =>
  rule.kind === kind ? rule.of.flatMap((part) => flatten(part, kind)) : [rule];

function Leaf({ name, wanted, known }: { readonly name: string; readonly wanted: string; readonly known: Known }) {
  const alarm = known.get(name);
  return (
    <span class="tree-leaf">
      {alarm ? <StateBadge state={alarm.state} /> : <span class="state state-warn">Not there</span>}
      {alarm ? <a href={linkTo(['alarms', name])}>{name}</a> : <span>{name}</span>}
      <span class="muted">counts when {wanted}</span>
    </span>
  );
}
