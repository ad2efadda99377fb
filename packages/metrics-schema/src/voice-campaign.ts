import type { Contract } from './contract/contract.ts';

/**
 * What a mass voice-campaign system measures: the built-in contract.
 *
 * The business metrics carry no dimensions, because that is the series dashboards and alarms read. Everything per
 * campaign, call or carrier is a property. CloudWatch has no currency unit: costs are counters of US dollars in `None`.
 */
export const voiceCampaign = {
  namespace: 'voice-campaign/local',
  metrics: {
    TotalCalls: { kind: 'counter', unit: 'Count', description: 'Calls with a final outcome' },
    AnsweredCalls: { kind: 'counter', unit: 'Count', description: 'Calls a person or machine answered' },
    BusyCalls: { kind: 'counter', unit: 'Count', description: 'Calls to a busy line' },
    NoAnswerCalls: { kind: 'counter', unit: 'Count', description: 'Calls nobody answered' },
    FailedCalls: { kind: 'counter', unit: 'Count', description: 'Calls the network could not complete' },
    DialAttempts: {
      kind: 'counter',
      unit: 'Count',
      counted: 'at-once',
      description: 'Attempts to dial; a retried call has several',
    },
    CallCostUsd: { kind: 'counter', unit: 'None', counted: 'at-once', description: 'Spent on calls, US dollars' },
    TtsRequests: {
      kind: 'counter',
      unit: 'Count',
      dimensions: [[], ['Provider']],
      description: 'Prompts asked of a text-to-speech provider',
    },
    TtsFallbacks: {
      kind: 'counter',
      unit: 'Count',
      dimensions: [[], ['Provider']],
      description: 'Prompts this provider failed to make, played from a recording',
    },
    CampaignContactsTotal: {
      kind: 'gauge',
      unit: 'Count',
      dimensions: [['CampaignId']],
      description: 'Contacts of an active campaign',
    },
    CampaignContactsDone: {
      kind: 'gauge',
      unit: 'Count',
      dimensions: [['CampaignId']],
      description: 'Contacts of an active campaign that need no further call',
    },
    ConvertedCalls: { kind: 'counter', unit: 'Count', description: 'Answered calls whose person pressed the key' },
    OptOuts: { kind: 'counter', unit: 'Count', description: 'People who asked not to be called again' },
    SmsSent: { kind: 'counter', unit: 'Count', description: 'SMS handed to the carrier' },
    SmsDelivered: { kind: 'counter', unit: 'Count', description: 'SMS the carrier reports delivered' },
    SmsFailed: { kind: 'counter', unit: 'Count', description: 'SMS the carrier reports undeliverable' },
    SmsCostUsd: { kind: 'counter', unit: 'None', counted: 'at-once', description: 'Spent on SMS, US dollars' },
    ActiveCalls: {
      kind: 'gauge',
      unit: 'Count',
      resolution: 1,
      description: 'Calls in progress on the telephony side',
    },
  },
  dimensions: {
    Provider: { values: ['polly', 'google', 'recorded'] },
    CampaignId: { maxValues: 20 },
  },
  emitters: {
    'dialer-worker': {
      kind: 'handler',
      emits: [
        'TotalCalls',
        'AnsweredCalls',
        'BusyCalls',
        'NoAnswerCalls',
        'FailedCalls',
        'DialAttempts',
        'CallCostUsd',
        'TtsRequests',
        'TtsFallbacks',
        'CampaignContactsDone',
      ],
    },
    dispatcher: { kind: 'handler', emits: ['CampaignContactsTotal', 'CampaignContactsDone'] },
    'api-handler': { kind: 'handler', emits: ['OptOuts', 'ConvertedCalls', 'SmsDelivered', 'SmsFailed'] },
    'sms-worker': { kind: 'handler', emits: ['SmsSent', 'SmsCostUsd'] },
    asterisk: { kind: 'process', emits: ['ActiveCalls'] },
  },
  properties: {
    campaignId: { type: 'string', description: 'Campaign' },
    callId: { type: 'string', description: 'Call; the same for every attempt and redelivery' },
    outcome: { type: 'string', description: 'Final outcome of the call' },
    attempt: { type: 'number', description: 'Attempt at this call, from 1' },
    carrier: { type: 'string', description: 'Carrier of the call or SMS' },
    fallbackReason: { type: 'string', description: 'Why a recording was played' },
    messageId: { type: 'string', description: 'SMS' },
  },
  rates: {
    AnswerRate: {
      numerator: 'AnsweredCalls',
      denominator: 'TotalCalls',
      scale: 'percent',
      description: 'Calls answered',
    },
    ConversionRate: {
      numerator: 'ConvertedCalls',
      denominator: 'AnsweredCalls',
      scale: 'percent',
      description: 'Answered calls that converted',
    },
    OptOutRate: {
      numerator: 'OptOuts',
      denominator: 'AnsweredCalls',
      scale: 'percent',
      description: 'Answered calls that opted out',
    },
    AverageCallCost: {
      numerator: 'CallCostUsd',
      denominator: 'TotalCalls',
      scale: 'ratio',
      description: 'US dollars per call',
    },
  },
} as const satisfies Contract;

/** The final outcomes of a call. Every call has exactly one: their sums add up to the sum of TotalCalls. */
export const callOutcomes = ['AnsweredCalls', 'BusyCalls', 'NoAnswerCalls', 'FailedCalls'] as const;

/** TotalCalls less the sum of its outcomes: 0 where every call was counted with exactly one outcome. */
export function unaccountedCalls(sums: Readonly<Record<'TotalCalls' | (typeof callOutcomes)[number], number>>): number {
  return callOutcomes.reduce((rest, outcome) => rest - sums[outcome], sums.TotalCalls);
}
