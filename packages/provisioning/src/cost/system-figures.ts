import { type Contract, voiceCampaign } from '@voice-campaign/metrics-schema';

/** A figure of the system's own description, beside what it comes to. */
export type SystemFigure = { readonly line: string; readonly said: string; readonly wrong: string };

/** What the description of the system says of its costs, and what is wrong with it. */
export const systemFigures: readonly SystemFigure[] = [
  {
    line: 'Dashboards',
    said: '$9',
    wrong: 'there are four, and an account’s first three of 50 metrics or fewer are free',
  },
  { line: 'Alarms', said: '$1.50', wrong: 'each metric that an alarm reads is billed, 23 and not 15, and 10 are free' },
  {
    line: 'Custom metrics',
    said: 'missing',
    wrong: 'each series is billed: a dimension of 50 campaigns on 8 metrics is $117 a month',
  },
  { line: 'Logs', said: '$10–20', wrong: 'they grow with calls: from next to nothing at 1 M a month to $179 at 90 M' },
  {
    line: 'X-Ray',
    said: '$5–15, by sampling',
    wrong: 'Lambda’s sampling cannot be changed: one trace a second and 5 % of the rest, of each function',
  },
  {
    line: 'Log widgets',
    said: 'missing',
    wrong: 'each refresh of a log widget is a query that is billed by what it reads',
  },
  { line: 'Total', said: '$25–50', wrong: 'right near 10 M calls a month, and there by accident' },
];

/** The figures where the contract is the voice campaign's, or adds to it; none for another system. */
export const systemFiguresFor = ({ metrics }: Contract): readonly SystemFigure[] =>
  Object.keys(voiceCampaign.metrics).every((name) => Object.hasOwn(metrics, name)) ? systemFigures : [];
