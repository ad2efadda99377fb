import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { DashboardDefinition } from '../monitoring/dashboard-definition.ts';
import type { Readers } from '../monitoring/readings.ts';
import { machineRows } from './machine-health.ts';
import { navigation } from './navigation.ts';
import { outcomeColors } from './outcome-colors.ts';

type Rows = DashboardDefinition['rows'];

/** Whether functions, queues, the telephone server, the database and the API are well, and which alarms say they are not. */
export const systemHealth = (readers: Readers<typeof voiceCampaign>): DashboardDefinition => ({
  rows: [
    navigation('system-health', 'Functions, queues, the telephone server, the database: what runs short of what.'),
    { height: 2, widgets: [{ kind: 'alarms', title: 'Alarms' }] },
    ...functionRows(readers),
    ...queueRows(readers),
    ...machineRows(readers),
    ...performanceRows(readers),
  ],
});

const functionRows = ({ aws, math }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'Functions: invocations',
        width: 8,
        yAxis: { left: { min: 0, showUnits: false } },
        series: [{ scope: 'function', reads: aws('AWS/Lambda', 'Invocations', 'Sum'), label: '{{short}}' }],
      },
      {
        kind: 'metric',
        title: 'Functions: errors, % of invocations',
        width: 8,
        yAxis: { left: { min: 0, max: 100, label: '%', showUnits: false } },
        thresholds: [{ alarm: 'lambda-errors', label: 'Alarm', color: outcomeColors.failed }],
        series: [
          {
            scope: 'function',
            reads: math('IF(invocations > 0, 100 * errors) / IF(invocations > 0, invocations)', {
              errors: aws('AWS/Lambda', 'Errors', 'Sum'),
              invocations: aws('AWS/Lambda', 'Invocations', 'Sum'),
            }),
            label: '{{short}}',
          },
        ],
      },
      {
        kind: 'metric',
        title: 'Functions: throttles',
        width: 8,
        yAxis: { left: { min: 0, showUnits: false } },
        series: [{ scope: 'function', reads: aws('AWS/Lambda', 'Throttles', 'Sum'), label: '{{short}}' }],
      },
    ],
  },
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'Functions: duration',
        width: 16,
        yAxis: { left: { min: 0, label: 'ms', showUnits: false } },
        series: [
          { scope: 'function', reads: aws('AWS/Lambda', 'Duration', 'p50'), label: '{{short}} p50' },
          { scope: 'function', reads: aws('AWS/Lambda', 'Duration', 'p99'), label: '{{short}} p99' },
          { scope: 'function', reads: aws('AWS/Lambda', 'Duration', 'Maximum'), label: '{{short}} longest' },
        ],
      },
      {
        kind: 'metric',
        title: 'Functions: instances at once',
        width: 8,
        yAxis: { left: { min: 0, label: 'Instances', showUnits: false } },
        series: [
          { scope: 'function', reads: aws('AWS/Lambda', 'ConcurrentExecutions', 'Maximum'), label: '{{short}}' },
        ],
      },
    ],
  },
];

const queueRows = ({ aws }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'Queues: age of the oldest message',
        width: 8,
        yAxis: { left: { min: 0, label: 'Seconds', showUnits: false } },
        thresholds: [{ alarm: 'queue-stalled', label: 'Alarm, if nothing is finished', color: outcomeColors.failed }],
        series: [
          { scope: 'queue', reads: aws('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum'), label: '{{short}}' },
        ],
      },
      {
        kind: 'metric',
        title: 'Queues: backlog',
        width: 8,
        yAxis: { left: { min: 0, label: 'Messages', showUnits: false } },
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
        title: 'Queues: dead letters',
        width: 8,
        yAxis: { left: { min: 0, label: 'Messages', showUnits: false } },
        series: [
          {
            scope: 'dead-letter-queue',
            reads: aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
            label: '{{short}}',
          },
        ],
      },
    ],
  },
];

const performanceRows = ({ aws }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'api-handler: duration',
        width: 8,
        yAxis: { left: { min: 0, label: 'ms', showUnits: false } },
        series: [
          { scope: 'handler:api-handler', reads: aws('AWS/Lambda', 'Duration', 'p95'), label: 'p95' },
          { scope: 'handler:api-handler', reads: aws('AWS/Lambda', 'Duration', 'p99'), label: 'p99' },
        ],
      },
      {
        kind: 'metric',
        title: 'API: latency',
        width: 8,
        yAxis: { left: { min: 0, label: 'ms', showUnits: false } },
        series: [
          { scope: 'api', reads: aws('AWS/ApiGateway', 'Latency', 'p95'), label: '{{name}} p95' },
          { scope: 'api', reads: aws('AWS/ApiGateway', 'Latency', 'p99'), label: '{{name}} p99' },
        ],
      },
      {
        kind: 'metric',
        title: 'Functions: EMF lines that CloudWatch did not take',
        width: 8,
        yAxis: { left: { min: 0, label: 'Lines', showUnits: false } },
        series: [
          { scope: 'function', reads: aws('AWS/Logs', 'EMFParsingErrors', 'Sum'), label: '{{short}} not parsed' },
          { scope: 'function', reads: aws('AWS/Logs', 'EMFValidationErrors', 'Sum'), label: '{{short}} refused' },
        ],
      },
    ],
  },
];
