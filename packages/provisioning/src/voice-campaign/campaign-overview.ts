import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { DashboardDefinition } from '../monitoring/dashboard-definition.ts';
import type { Readers } from '../monitoring/readings.ts';
import { navigation } from './navigation.ts';
import { outcomeColors } from './outcome-colors.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudWatch fills it in (user guide, Using dynamic labels).
const campaign = "${PROP('Dim.CampaignId')}";

/** What the campaigns do now: calls, queues, the pace of dialling, how calls end, how far each campaign is. */
/** Messages by how many fewer they become a second; nothing is divided by 0, of which CloudWatch would warn. */
const DRAIN =
  'IF(visible == 0, 0, IF(deleted > sent, visible * PERIOD(deleted) / (deleted - sent + (deleted == sent))))';

export const campaignOverview = ({
  metric,
  aws,
  math,
  search,
}: Readers<typeof voiceCampaign>): DashboardDefinition => ({
  rows: [
    navigation('campaign-overview', 'What the campaigns are doing right now.'),
    {
      height: 5,
      widgets: [
        {
          kind: 'metric',
          title: 'Active calls',
          width: 8,
          view: 'singleValue',
          sparkline: true,
          liveData: true,
          series: [
            { reads: metric('ActiveCalls'), label: 'Calls in progress' },
            {
              // Instances of the function, not calls: what there is before the telephone server says how many.
              scope: 'handler:dialer-worker',
              reads: aws('AWS/Lambda', 'ConcurrentExecutions', 'Maximum'),
              label: 'Dialer concurrency',
            },
          ],
        },
        {
          kind: 'metric',
          title: 'Calls in this time',
          width: 8,
          view: 'singleValue',
          sparkline: true,
          setPeriodToTimeRange: true,
          series: [
            { reads: metric('TotalCalls'), label: 'Calls' },
            { reads: metric('AnsweredCalls'), label: 'Answered' },
            { reads: metric('ConvertedCalls'), label: 'Converted' },
          ],
        },
        {
          kind: 'metric',
          title: 'How calls end',
          width: 8,
          view: 'pie',
          setPeriodToTimeRange: true,
          legend: { position: 'right' },
          series: [
            { reads: metric('AnsweredCalls'), label: 'Answered', color: outcomeColors.answered },
            { reads: metric('BusyCalls'), label: 'Busy', color: outcomeColors.busy },
            { reads: metric('NoAnswerCalls'), label: 'No answer', color: outcomeColors.noAnswer },
            { reads: metric('FailedCalls'), label: 'Failed', color: outcomeColors.failed },
          ],
        },
      ],
    },
    {
      height: 6,
      widgets: [
        {
          kind: 'metric',
          title: 'Active calls over time',
          width: 12,
          liveData: true,
          yAxis: { left: { min: 0, label: 'Calls', showUnits: false } },
          series: [{ reads: metric('ActiveCalls'), label: 'Calls in progress (most in the period)' }],
        },
        {
          kind: 'metric',
          title: 'Dialing rate',
          width: 12,
          yAxis: { left: { min: 0, label: 'A minute', showUnits: false } },
          series: [
            {
              reads: math('60 * attempts / PERIOD(attempts)', { attempts: metric('DialAttempts') }),
              label: 'Dial attempts a minute',
            },
            {
              reads: math('60 * calls / PERIOD(calls)', { calls: metric('TotalCalls') }),
              label: 'Calls a minute',
            },
          ],
        },
      ],
    },
    {
      height: 6,
      widgets: [
        {
          kind: 'metric',
          title: 'Queue depth',
          width: 8,
          yAxis: { left: { min: 0, label: 'Messages', showUnits: false } },
          thresholds: [{ alarm: 'queue-depth', label: 'Alarm', color: outcomeColors.failed }],
          series: [
            {
              scope: 'queue',
              reads: aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
              label: '{{short}} waiting',
            },
            {
              scope: 'queue',
              reads: aws('AWS/SQS', 'ApproximateNumberOfMessagesNotVisible', 'Maximum'),
              label: '{{short}} in flight',
            },
          ],
        },
        {
          kind: 'metric',
          title: 'Time to drain',
          width: 8,
          yAxis: { left: { min: 0, label: 'Seconds', showUnits: false } },
          series: [
            {
              scope: 'queue',
              // An empty queue takes no time. Where one does not shrink, no time would empty it, and there is no point:
              // only what IF has none of for its second value is left out, for its first it puts 0.
              reads: math(DRAIN, {
                visible: aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
                deleted: aws('AWS/SQS', 'NumberOfMessagesDeleted', 'Sum'),
                sent: aws('AWS/SQS', 'NumberOfMessagesSent', 'Sum'),
              }),
              label: '{{short}}',
            },
          ],
        },
        {
          kind: 'metric',
          title: 'Call outcomes',
          width: 8,
          stacked: true,
          yAxis: { left: { min: 0, label: 'Calls', showUnits: false } },
          series: [
            { reads: metric('AnsweredCalls'), label: 'Answered', color: outcomeColors.answered },
            { reads: metric('BusyCalls'), label: 'Busy', color: outcomeColors.busy },
            { reads: metric('NoAnswerCalls'), label: 'No answer', color: outcomeColors.noAnswer },
            { reads: metric('FailedCalls'), label: 'Failed', color: outcomeColors.failed },
          ],
        },
      ],
    },
    {
      height: 6,
      widgets: [
        {
          // Converted calls are among the answered ones, so they are not stacked on them.
          kind: 'metric',
          title: 'Converted and opted out',
          width: 8,
          yAxis: { left: { min: 0, label: 'Calls', showUnits: false } },
          series: [
            { reads: metric('ConvertedCalls'), label: 'Converted', color: outcomeColors.converted },
            { reads: metric('OptOuts'), label: 'Opted out', color: outcomeColors.optedOut },
          ],
        },
        {
          kind: 'metric',
          title: 'Campaign progress: contacts done',
          width: 8,
          yAxis: { left: { min: 0, label: 'Contacts', showUnits: false } },
          series: [
            {
              reads: search('CampaignContactsDone', ['CampaignId'], 'Maximum'),
              label: `${campaign} done`,
            },
          ],
        },
        {
          kind: 'metric',
          title: 'Campaign progress: done of all',
          width: 8,
          view: 'table',
          table: { showTimeSeriesData: false, summaryColumns: ['MAX'] },
          setPeriodToTimeRange: true,
          series: [
            {
              reads: search('CampaignContactsDone', ['CampaignId'], 'Maximum'),
              label: `${campaign} done`,
            },
            {
              reads: search('CampaignContactsTotal', ['CampaignId'], 'Maximum'),
              label: `${campaign} of all`,
            },
          ],
        },
      ],
    },
    { height: 2, widgets: [{ kind: 'alarms', title: 'Alarms of the calls', of: callAlarmNames }] },
  ],
});

const callAlarmNames = ['answer-rate', 'opt-out-rate', 'no-calls', 'queue-depth', 'queue-stalled', 'dead-letters'];
