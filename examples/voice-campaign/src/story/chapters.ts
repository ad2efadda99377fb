import { defaultRates, type Rates } from '../simulator/fate.ts';

/** What a chapter promises to have happened when it is over; every promise is checked. */
export type Promised =
  /** The alarm of that name in the monitoring definition is in this state. */
  | { readonly kind: 'alarm'; readonly alarm: string; readonly state: 'OK' | 'ALARM' }
  /** Mail about the alarm's change to this state has come to the people who watch. */
  | { readonly kind: 'mail'; readonly alarm: string; readonly state: 'OK' | 'ALARM' }
  | { readonly kind: 'campaign'; readonly paused: boolean }
  /** No alarm at all. */
  | { readonly kind: 'quiet' };

/** A part of the story: what people do meanwhile, for how long, and what comes of it. */
export type Chapter = {
  readonly title: string;
  readonly told: string;
  readonly rates: Partial<Rates>;
  /** At the beginning, by hand. */
  readonly first?: 'burst' | 'resume';
  /** Of the story's own time. */
  readonly minutes: number;
  /** A burst is watched while it waits: minutes pass without waiting for the workers. */
  readonly waits?: false;
  readonly promises: readonly Promised[];
};

/** Calls that are asked for at once: more than the demo's alarm lets wait. */
export const BURST_CALLS = 1500;

/** A day in the life of a campaign. Alarms on rates look at three periods of five minutes. */
export const chapters: readonly Chapter[] = [
  {
    title: 'A normal campaign',
    told: 'Six in ten people answer; the dashboards fill.',
    rates: {},
    minutes: 20,
    promises: [{ kind: 'quiet' }, { kind: 'campaign', paused: false }],
  },
  {
    title: 'Nobody answers',
    told: 'The answer rate collapses: a carrier marks the calls as spam.',
    rates: { answer: 0.05, busy: 0.15, noAnswer: 0.7 },
    minutes: 20,
    promises: [
      { kind: 'alarm', alarm: 'answer-rate', state: 'ALARM' },
      { kind: 'mail', alarm: 'answer-rate', state: 'ALARM' },
    ],
  },
  {
    title: 'Answered again',
    told: 'The number is cleared, and the alarm is over.',
    rates: {},
    minutes: 10,
    promises: [
      { kind: 'alarm', alarm: 'answer-rate', state: 'OK' },
      { kind: 'mail', alarm: 'answer-rate', state: 'OK' },
    ],
  },
  {
    title: 'A burst',
    told: `${BURST_CALLS} dial tasks come at once: the queue is deeper than the workers can empty.`,
    rates: {},
    first: 'burst',
    minutes: 4,
    waits: false,
    promises: [
      { kind: 'alarm', alarm: 'queue-depth', state: 'ALARM' },
      { kind: 'mail', alarm: 'queue-depth', state: 'ALARM' },
    ],
  },
  {
    title: 'Worked off',
    told: 'The workers catch up.',
    rates: {},
    minutes: 6,
    promises: [
      { kind: 'alarm', alarm: 'queue-depth', state: 'OK' },
      { kind: 'mail', alarm: 'queue-depth', state: 'OK' },
    ],
  },
  {
    title: 'People mind',
    told: 'A third of those who answer opt out: the alarm pauses the campaign before more people are called.',
    rates: { optOut: 0.34 },
    minutes: 12,
    promises: [
      { kind: 'mail', alarm: 'opt-out-rate', state: 'ALARM' },
      { kind: 'campaign', paused: true },
    ],
  },
  {
    title: 'Nobody is called',
    told: 'The campaign stays paused while people look at what went wrong, whatever the alarm does.',
    rates: {},
    // Longer than the alarm looks back, so that what comes after is judged by itself.
    minutes: 26,
    promises: [{ kind: 'campaign', paused: true }],
  },
  {
    title: 'Everything recovers',
    told: 'The script is changed, somebody resumes the campaign, and every alarm is over.',
    rates: {},
    first: 'resume',
    minutes: 20,
    promises: [{ kind: 'quiet' }, { kind: 'campaign', paused: false }],
  },
];

export const ratesOf = ({ rates }: Chapter): Rates => ({ ...defaultRates, ...rates });

/** How long the story is in its own time. */
export const storyMinutes = chapters.reduce((sum, { minutes }) => sum + minutes, 0);
