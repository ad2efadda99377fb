/** A way out of a plan. */
type WayOut = 'terraform' | 'cloudformation' | 'cdk' | 'sdk';

/** Something that a way out cannot express as the plan has it. */
export type ParityGap = {
  readonly waysOut: readonly WayOut[];
  readonly what: string;
  readonly why: string;
  /** What happens instead. */
  readonly instead: string;
};

/** What differs between the ways out; everything else is the same, which tests show. */
export const parityGaps: readonly ParityGap[] = [
  {
    waysOut: ['terraform'],
    what: 'A roll-up of roll-ups',
    why: 'Terraform has no recursion: the names of one would depend on those of another',
    instead: 'A precondition refuses the document; the alarms themselves can be rolled up',
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
  },
  {
    waysOut: ['terraform', 'cloudformation', 'cdk'],
    what: 'Tags of dashboards and saved queries',
    why: 'Neither provider 6.25 nor CloudFormation can tag a dashboard; nothing can tag a saved query',
    instead: 'They have none',
  },
  {
    waysOut: ['sdk'],
    what: 'A Slack channel, with its role',
    why: 'applyPlan makes no IAM roles: who applies a plan need not be allowed to',
    instead: 'It is reported as lacking',
  },
  {
    waysOut: ['sdk'],
    what: 'Tags of a topic, log group or trace group that exists already',
    why: 'applyPlan changes tags of alarms alone',
    instead: 'They keep the tags they were created with',
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
