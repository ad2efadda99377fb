import type { MonitoringPlan, PlanWarning, WayOut } from '../plan/monitoring-plan.ts';

type Planned = Omit<MonitoringPlan, 'warnings'>;

/** Something that a way out cannot express as the plan has it. */
export type ParityGap = {
  readonly waysOut: readonly WayOut[];
  readonly what: string;
  readonly why: string;
  /** What happens instead. */
  readonly instead: string;
  /** Names those parts of a plan that it is a matter of; absent where it changes nothing, or is no part of any plan. */
  readonly partsOf?: (plan: Planned) => readonly string[];
};

/** The provider's, of an alarm's query; CloudWatch takes 2,048 (`MetricDataQuery`). */
const MOST_EXPRESSION = 1024;

const rollUpsOfRollUps = ({ compositeAlarms }: Planned): readonly string[] => {
  const names = compositeAlarms.flatMap(({ AlarmName = [] }) => AlarmName);
  const within = (rule = ''): boolean => names.some((name) => rule.includes(`"${name}"`));
  return compositeAlarms.filter(({ AlarmRule }) => within(AlarmRule)).flatMap(({ AlarmName = [] }) => AlarmName);
};

const longExpressions = ({ metricAlarms }: Planned): readonly string[] =>
  metricAlarms
    .filter(({ Metrics = [] }) => Metrics.some(({ Expression = '' }) => Expression.length > MOST_EXPRESSION))
    .flatMap(({ AlarmName = [] }) => AlarmName);

const tagged = ({ tags }: Planned, parts: readonly string[]): readonly string[] =>
  Object.keys(tags).length === 0 ? [] : parts;

/** What the ways out cannot express of this plan. */
export const parityWarnings = (plan: Planned): readonly PlanWarning[] =>
  parityGaps.flatMap(({ waysOut, what, why, instead, partsOf }) => {
    const parts = partsOf?.(plan) ?? [];
    if (parts.length === 0) return [];
    return [
      {
        code: 'parity',
        about: parts.join(', '),
        message: `${waysOut.join(', ')}: ${what}. ${why}. ${instead}`,
        waysOut,
      },
    ];
  });

/** What differs between the ways out; everything else is the same, which tests show. */
export const parityGaps: readonly ParityGap[] = [
  {
    waysOut: ['terraform'],
    what: 'A roll-up of roll-ups',
    why: 'Terraform has no recursion: the names of one would depend on those of another',
    instead: 'A precondition refuses the document; the alarms themselves can be rolled up',
    partsOf: rollUpsOfRollUps,
  },
  {
    waysOut: ['terraform'],
    what: 'The order of the queries of an alarm on metric math',
    why: 'metric_query blocks are a set to the provider',
    instead: 'They are there in another order, which means nothing to CloudWatch',
  },
  {
    waysOut: ['terraform'],
    what: 'An expression of an alarm of 1,025 to 2,048 characters',
    why: 'The provider takes 1,024, CloudWatch 2,048',
    instead: 'terraform refuses it, with the limit: shorten the names in it',
    partsOf: longExpressions,
  },
  {
    waysOut: ['terraform', 'cloudformation', 'cdk'],
    what: 'Tags of dashboards and saved queries',
    why: 'Neither provider 6.25 nor CloudFormation can tag a dashboard; nothing can tag a saved query',
    instead: 'They have none',
    partsOf: (plan) => tagged(plan, ['dashboards', 'saved queries']),
  },
  {
    waysOut: ['sdk'],
    what: 'A Slack channel, with its role',
    why: 'applyPlan makes no IAM roles: who applies a plan need not be allowed to',
    instead: 'It is reported as lacking',
    partsOf: ({ slackChannel }) => (slackChannel === undefined ? [] : [slackChannel.configurationName]),
  },
  {
    waysOut: ['sdk'],
    what: 'Tags of a topic, log group or trace group that exists already',
    why: 'applyPlan changes tags of alarms alone',
    instead: 'They keep the tags they were created with',
    partsOf: (plan) => tagged(plan, ['topic', 'log groups', 'trace groups']),
  },
  {
    waysOut: ['terraform', 'cloudformation', 'cdk', 'sdk'],
    what: 'Sampling of errors alone (SamplingRateBoost)',
    why: 'It needs ADOT for Java or Python outside of Lambda, and provider 6.25 does not know it',
    instead: 'Errors are in the logs with their trace id, and an alarm counts every one',
  },
  {
    waysOut: ['terraform', 'cloudformation', 'cdk', 'sdk'],
    what: 'The rate of the rule Default',
    why: 'It belongs to the whole account and Region',
    instead: 'A rule of priority 9000 for services that begin with the project and environment',
  },
];
