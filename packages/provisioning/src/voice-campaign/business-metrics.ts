import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { DashboardDefinition } from '../monitoring/dashboard-definition.ts';
import type { Readers } from '../monitoring/readings.ts';
import { navigation } from './navigation.ts';
import { outcomeColors } from './outcome-colors.ts';

type Rows = DashboardDefinition['rows'];

// A minute has too few calls for a rate that means something.
const period = 300;
const percent = { left: { min: 0, max: 100, label: '%', showUnits: false } } as const;

/** What the campaigns achieve and cost. A rate's title says of what it is a part. */
export const businessMetrics = (readers: Readers<typeof voiceCampaign>): DashboardDefinition => ({
  rows: [
    navigation('business-metrics', 'What the campaigns achieve, and what they cost.'),
    ...rateRows(readers),
    ...costRows(readers),
    ...comparisonRows(),
    ...messageRows(readers),
  ],
});

const rateRows = ({ metric, rate, math }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'Answer rate, % of calls',
        width: 8,
        period,
        yAxis: percent,
        thresholds: [{ alarm: 'answer-rate', label: 'Alarm', color: outcomeColors.failed }],
        series: [{ reads: rate('AnswerRate'), label: 'Answered', color: outcomeColors.answered }],
      },
      {
        kind: 'metric',
        title: 'Conversion rate',
        width: 8,
        period,
        yAxis: percent,
        series: [
          { reads: rate('ConversionRate'), label: '% of answered calls', color: outcomeColors.converted },
          {
            reads: math('IF(calls > 0, 100 * converted) / IF(calls > 0, calls)', {
              converted: metric('ConvertedCalls'),
              calls: metric('TotalCalls'),
            }),
            label: '% of all calls',
            color: outcomeColors.noAnswer,
          },
        ],
      },
      {
        kind: 'metric',
        title: 'Opt-outs',
        width: 8,
        period,
        yAxis: {
          left: { min: 0, label: '% of answered calls', showUnits: false },
          right: { min: 0, label: 'People', showUnits: false },
        },
        thresholds: [{ alarm: 'opt-out-rate', label: 'Alarm', color: outcomeColors.failed }],
        series: [
          { reads: rate('OptOutRate'), label: 'Rate', color: outcomeColors.optedOut },
          { reads: metric('OptOuts'), label: 'People', color: outcomeColors.noAnswer, axis: 'right' },
        ],
      },
    ],
  },
];

const costRows = ({ metric, rate, math }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'Average cost of a call, US dollars',
        width: 8,
        period,
        yAxis: { left: { min: 0, showUnits: false } },
        series: [{ reads: rate('AverageCallCost'), label: 'US dollars a call', color: outcomeColors.converted }],
      },
      {
        kind: 'metric',
        title: 'Spent since the beginning of the time shown, US dollars',
        width: 8,
        period,
        yAxis: { left: { min: 0, showUnits: false } },
        series: [
          { reads: math('RUNNING_SUM(spent)', { spent: metric('CallCostUsd') }), label: 'Calls' },
          { reads: math('RUNNING_SUM(spent)', { spent: metric('SmsCostUsd') }), label: 'SMS' },
        ],
      },
      {
        kind: 'metric',
        title: 'Spent in this time, US dollars',
        width: 8,
        view: 'singleValue',
        setPeriodToTimeRange: true,
        series: [
          { reads: metric('CallCostUsd'), label: 'Calls' },
          { reads: metric('SmsCostUsd'), label: 'SMS' },
        ],
      },
    ],
  },
];

const comparisonRows = (): Rows => [
  {
    height: 7,
    widgets: [
      {
        kind: 'log',
        title: 'Campaigns compared: calls',
        width: 12,
        scopes: ['handler:dialer-worker'],
        query:
          'filter ispresent(campaignId) and ispresent(TotalCalls) ' +
          '| stats sum(TotalCalls) as calls, sum(AnsweredCalls) as answered, ' +
          '100 * sum(AnsweredCalls) / sum(TotalCalls) as answer_rate by campaignId ' +
          '| sort answer_rate desc | limit 10',
      },
      { kind: 'contributors', title: 'Campaigns with the most conversions', width: 12, rule: 'campaign-conversions' },
    ],
  },
];

const messageRows = ({ metric, math }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'SMS delivery',
        width: 8,
        period,
        yAxis: { left: { min: 0, label: 'SMS', showUnits: false } },
        series: [
          { reads: metric('SmsSent'), label: 'Sent', color: outcomeColors.noAnswer },
          { reads: metric('SmsDelivered'), label: 'Delivered', color: outcomeColors.answered },
          { reads: metric('SmsFailed'), label: 'Failed', color: outcomeColors.failed },
        ],
      },
      {
        kind: 'metric',
        title: 'Text to speech: recordings played instead, % of prompts',
        width: 8,
        period,
        yAxis: percent,
        series: [
          {
            reads: math('IF(requests > 0, 100 * fallbacks) / IF(requests > 0, requests)', {
              fallbacks: metric('TtsFallbacks'),
              requests: metric('TtsRequests'),
            }),
            label: 'All providers',
          },
          {
            reads: math('IF(requests > 0, 100 * fallbacks) / IF(requests > 0, requests)', {
              fallbacks: metric('TtsFallbacks', { dimensions: { Provider: 'polly' } }),
              requests: metric('TtsRequests', { dimensions: { Provider: 'polly' } }),
            }),
            label: 'Polly',
          },
        ],
      },
      {
        kind: 'log',
        title: 'Why recordings were played',
        width: 8,
        view: 'bar',
        scopes: ['handler:dialer-worker'],
        query: 'filter ispresent(fallbackReason) | stats count(*) as prompts by fallbackReason',
      },
    ],
  },
];
