import type { ContributorRuleDefinition, QueryDefinition } from '../monitoring/log-definition.ts';

const everywhere = ['function'] as const;
const dialer = ['handler:dialer-worker'] as const;

/** Answers to the usual questions. */
export const queries = {
  errors: {
    scopes: everywhere,
    query:
      'fields @timestamp, @log, message, error.name, error.message, xray_trace_id\n' +
      '| filter level = "ERROR"\n| sort @timestamp desc\n| limit 100',
  },
  'story-of-a-call': {
    scopes: everywhere,
    query:
      '# Put the call’s id in the place of CALL-ID.\n' +
      'fields @timestamp, @log, message, outcome, attempt, xray_trace_id\n' +
      '| filter callId = "CALL-ID"\n| sort @timestamp asc',
  },
  'calls-by-outcome': {
    scopes: dialer,
    query:
      'filter ispresent(TotalCalls)\n' +
      '| stats sum(AnsweredCalls) as answered, sum(BusyCalls) as busy, sum(NoAnswerCalls) as no_answer, ' +
      'sum(FailedCalls) as failed by bin(5m)',
  },
  'campaigns-compared': {
    scopes: dialer,
    query:
      'filter ispresent(campaignId) and ispresent(TotalCalls)\n' +
      '| stats sum(TotalCalls) as calls, sum(AnsweredCalls) as answered, ' +
      '100 * sum(AnsweredCalls) / sum(TotalCalls) as answer_rate by campaignId\n| sort calls desc',
  },
  'opt-outs-by-campaign': {
    scopes: ['handler:api-handler'],
    query: 'filter ispresent(OptOuts)\n| stats sum(OptOuts) as opt_outs by campaignId\n| sort opt_outs desc',
  },
  'failed-calls-by-carrier': {
    scopes: dialer,
    query:
      'filter ispresent(FailedCalls)\n| stats sum(FailedCalls) as failed, sum(TotalCalls) as calls by carrier\n' +
      '| sort failed desc',
  },
  'recordings-played': {
    scopes: dialer,
    query: 'filter ispresent(fallbackReason)\n| stats count(*) as prompts by fallbackReason\n| sort prompts desc',
  },
  'slowest-invocations': {
    scopes: everywhere,
    query:
      'fields @timestamp, @log, @requestId, @duration, @maxMemoryUsed\n| filter @type = "REPORT"\n' +
      '| sort @duration desc\n| limit 25',
  },
  'cold-starts': {
    scopes: everywhere,
    query:
      'filter @type = "REPORT"\n' +
      '| stats count(*) as invocations, count(@initDuration) as cold_starts, max(@initDuration) as longest by @log',
  },
  timeouts: {
    scopes: everywhere,
    query: 'fields @timestamp, @log, @requestId\n| filter @message like /Task timed out/\n| sort @timestamp desc',
  },
} as const satisfies Readonly<Record<string, QueryDefinition>>;

/** Campaigns compared without a metric of each: a rule costs the same for a thousand of them as for one. */
export const contributorRules = {
  'campaign-conversions': {
    scopes: ['handler:api-handler'],
    keys: ['$.campaignId'],
    sum: '$.ConvertedCalls',
    present: ['$.ConvertedCalls'],
  },
  'campaign-calls': {
    scopes: dialer,
    keys: ['$.campaignId'],
    sum: '$.TotalCalls',
    present: ['$.TotalCalls'],
  },
} as const satisfies Readonly<Record<string, ContributorRuleDefinition>>;
