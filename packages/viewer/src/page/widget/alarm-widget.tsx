import type { AlarmProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { AlarmView } from '../../protocol/alarm-view.ts';
import { ago } from '../chart/format-time.ts';
import { distinctPart, endBegins } from '../shell/short-name.ts';
import { StateBadge } from '../shell/state-badge.tsx';
import { linkTo } from '../state/route.ts';
import { now } from '../state/time-range.ts';
import { Note } from './widget-frame.tsx';

const RANK = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 } as const;

type Props = {
  readonly properties: AlarmProperties;
  readonly alarms: readonly AlarmView[];
  readonly unknown: readonly string[];
};

/** The state of each of the widget's alarms; those that are not there are said. */
export function AlarmWidget({ properties, alarms, unknown }: Props) {
  const { states = [], sortBy } = properties;
  const shown = alarms
    .filter(({ state }) => states.length === 0 || states.includes(state))
    .toSorted((one, other) =>
      sortBy === 'stateUpdatedTimestamp' || sortBy === 'timestamp'
        ? other.since - one.since
        : RANK[one.state] - RANK[other.state],
    );
  if (shown.length + unknown.length === 0) return <Note>No alarm is in a state that this widget shows.</Note>;
  const names = shown.map(({ name }) => name);
  return (
    <div class="alarm-tiles">
      {shown.map((alarm) => (
        <a key={alarm.arn} class={`alarm-tile alarm-tile-${alarm.state}`} href={linkTo(['alarms', alarm.name])}>
          <TileName name={alarm.name} all={names} />
          <span class="alarm-tile-state">
            <StateBadge state={alarm.state} /> {ago(alarm.since, now.value)}
          </span>
        </a>
      ))}
      {unknown.map((arn) => (
        <div key={arn} class="alarm-tile">
          <b title={arn}>{arn.split(':').slice(6).join(':') || arn}</b>
          <span class="alarm-tile-state">There is no such alarm here.</span>
        </div>
      ))}
    </div>
  );
}

/** A name without what all have in common, cut in its middle where there is no room: its end says most. */
function TileName({ name, all }: { readonly name: string; readonly all: readonly string[] }) {
  const own = distinctPart(name, all);
  const cut = endBegins(own);
  return (
    <b title={name}>
      <span class="alarm-tile-head">{own.slice(0, cut)}</span>
      <span>{own.slice(cut)}</span>
    </b>
  );
}
