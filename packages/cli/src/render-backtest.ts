import { drawReplay } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import type { Backtest, BacktestedAlarm, Episode } from '@voice-campaign/provisioning/backtest';
import { prices } from '@voice-campaign/provisioning/cost';
import { plain } from './render-findings.ts';

/** How often each alarm would have gone off, most often first; of those in `drawn` each time, and a picture of the first. */
export const renderBacktest = (tested: Backtest, drawn: readonly string[]): string => {
  const { from, to, alarms, skipped, metricsAsked } = tested;
  const shared = sharedBeginning(alarms.map(({ name }) => name));
  const head = shared === '' ? 'Alarm' : `${shared}…`;
  const widest = Math.max(head.length, ...alarms.map(({ name }) => name.length - shared.length));
  const table = plain([head, ...COLUMNS], [Math.min(widest, MOST_OF_NAME) + 2, 10, 12, 12, 14, 17]);
  const sorted = alarms.toSorted((one, other) => other.episodes.length - one.episodes.length);
  for (const each of sorted) table.push(rowOf(each, tested, shared));
  const notes = alarms.flatMap(({ name, approximations }) => approximations.map((note) => `note: ${name}: ${note}\n`));
  const left = skipped.map(({ name, reason }) => `not tested: ${name} ${reason}\n`);
  const cost = (metricsAsked / 1000) * prices.getMetricDataPerThousandMetrics;
  return [
    `${instant(from)} to ${instant(to)} UTC, each minute as CloudWatch evaluates it\n`,
    alarms.length === 0 ? '' : `${table}\n`,
    ...notes,
    ...left,
    `${metricsAsked} ${metricsAsked === 1 ? 'metric was' : 'metrics were'} asked for: $${cost.toFixed(cost < 0.01 ? 4 : 2)}\n`,
    ...sorted.filter(({ name }) => drawn.some((part) => name.includes(part))).map((each) => detailOf(each, tested)),
  ].join('');
};

const COLUMNS = ['Went off', 'In ALARM', 'Longest', 'Without data', 'Would have told'];
const MOST_OF_NAME = 100;

/** The beginning that all names have, up to a hyphen: `voice-campaign-production-`. */
const sharedBeginning = ([first = '', ...others]: readonly string[]): string => {
  if (others.length === 0) return '';
  for (let cut = first.lastIndexOf('-'); cut > 0; cut = first.lastIndexOf('-', cut - 1)) {
    const beginning = first.slice(0, cut + 1);
    if (others.every((name) => name.startsWith(beginning))) return beginning;
  }
  return '';
};

const right = (content: string) => ({ content, hAlign: 'right' as const });

const rowOf = (
  { name, episodes, secondsIn, notifications, hasData }: BacktestedAlarm,
  { from, to }: Backtest,
  shared: string,
) => [
  name.slice(shared.length),
  right(episodes.length === 0 ? '–' : `${episodes.length} ×`),
  right(span(secondsIn.ALARM)),
  right(span(Math.max(0, ...episodes.map((episode) => (episode.to ?? to) - episode.from)))),
  right(hasData ? `${Math.round((100 * secondsIn.INSUFFICIENT_DATA) / (to - from))} %` : 'no data'),
  right(notifications === 0 ? 'nobody' : `${notifications} ×`),
];

const detailOf = ({ name, episodes, replayed }: BacktestedAlarm, { from, to, source }: Backtest): string => {
  const [first] = episodes;
  if (first === undefined) return `\n${name} did not go off.\n`;
  const lines = episodes.map((episode) => `  ${stretch(episode)}  ${episode.reason}\n`);
  const picture = drawReplay(replayed, source, { start: from, seconds: to - from, focus: first.from - from });
  return `\n${name}\n${lines.join('')}\n${picture}\n(moments since ${instant(from)} UTC)\n`;
};

const stretch = ({ from, to }: Episode): string => `${instant(from)} – ${to === undefined ? 'now' : instant(to)}`;

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

/** `2 d 3 h`, `4 h 5 min`, `6 min`. */
const span = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return '–';
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = [
    [days, 'd'],
    [hours, 'h'],
    [rest, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
};

/** For programs: instants in seconds since 1970. */
export const backtestJson = ({ source: _, alarms, ...rest }: Backtest): string => {
  const plainAlarms = alarms.map(({ replayed: __, ...alarm }) => alarm);
  return `${JSON.stringify({ ...rest, alarms: plainAlarms }, null, 2)}\n`;
};
