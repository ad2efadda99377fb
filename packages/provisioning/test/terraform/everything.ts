import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { defineMonitoring } from '../../src/index.ts';

const alarm = {
  kind: 'metric',
  scope: 'system',
  severity: 'warning',
  comparison: '>=',
  threshold: 1.5,
  period: 60,
  datapoints: [1, 2],
  missingData: 'ignore',
  description: 'Says "why" \\ and where: {{namespace}}. Beyond {{threshold}}.',
  runbook: 'any.md',
} as const;
const rollUp = { kind: 'roll-up', severity: 'critical', description: 'd', runbook: 'r.md' } as const;

/** A definition with every kind of thing that a definition can have, and little of each. */
export const everythingMonitoring = defineMonitoring(voiceCampaign, ({ metric, rate, aws, math, search }) => ({
  alarms: {
    custom: { ...alarm, reads: metric('TtsRequests', { dimensions: { Provider: 'polly' } }) },
    percentile: { ...alarm, scope: 'function', reads: aws('AWS/Lambda', 'Duration', 'p99') },
    api: { ...alarm, scope: 'api', comparison: '<', reads: aws('AWS/ApiGateway', '5XXError', 'Sum') },
    handler: { ...alarm, scope: 'handler:dialer-worker', notifies: false, reads: aws('AWS/Lambda', 'Errors', 'Sum') },
    cased: { ...alarm, scope: 'handler:Sms_Sender', reads: aws('AWS/Lambda', 'Throttles', 'Sum') },
    math: { ...alarm, reads: math('a - b', { a: metric('TotalCalls'), b: metric('AnsweredCalls') }) },
    rate: { ...alarm, notifiesOk: true, reads: rate('AverageCallCost', { atLeast: 10 }) },
    share: {
      ...alarm,
      scope: 'database',
      threshold: { share: 0.25, of: 'rdsMaxConnections' },
      description: 'A quarter.',
      reads: aws('AWS/RDS', 'DatabaseConnections', 'Maximum'),
    },
    anomaly: {
      ...{ kind: 'anomaly', scope: 'queue', severity: 'critical', outside: 'either', deviations: 2.5 },
      ...{ period: 300, datapoints: [2, 3], missingData: 'missing', description: 'a', runbook: 'r.md' },
      optIn: 'anomalyDetection',
      reads: aws('AWS/SQS', 'NumberOfMessagesSent', 'Sum'),
    },
    objective: { ...alarm, optIn: 'serviceLevelObjective', reads: metric('FailedCalls') },
    any: { ...rollUp, any: ['percentile', 'api'] },
    all: { ...rollUp, any: ['percentile'], all: ['math', 'rate'], unless: ['custom'] },
    never: { ...rollUp, any: ['math'], all: ['objective'] },
  },
  dashboards: {
    everything: {
      start: '-P1D',
      rows: [
        { height: 1, widgets: [{ kind: 'text', width: 24, markdown: '# {{project}} "{{environment}}" \\ <b>' }] },
        { height: 2, widgets: [{ kind: 'alarms', title: 'Some', of: ['percentile', 'all'] }] },
        { height: 2, widgets: [{ kind: 'alarms', title: 'None', of: ['objective'] }] },
        {
          height: 5,
          widgets: [
            {
              kind: 'metric',
              title: 'Gauge',
              width: 5,
              view: 'gauge',
              yAxis: { left: { min: 0, max: 100 } },
              thresholds: [
                { label: 'x', value: 1, color: '#ff0000' },
                { alarm: 'custom', label: '{{project}}', fill: 'above' },
                { alarm: 'objective' },
              ],
              series: [{ reads: metric('ActiveCalls'), color: '#00ff00', axis: 'right' }],
            },
            {
              kind: 'metric',
              title: 'Lines',
              width: 7,
              period: 300,
              stacked: true,
              thresholds: [{ alarm: 'objective', label: 'maybe' }],
              series: [
                {
                  reads: search('CampaignContactsDone', ['CampaignId'], 'Maximum'),
                  label: "${PROP('Dim.CampaignId')}",
                },
                { reads: rate('OptOutRate') },
                { scope: 'function', reads: aws('AWS/Lambda', 'Errors', 'Sum'), label: '{{short}} of {{name}}' },
                { scope: 'api', reads: aws('AWS/ApiGateway', 'Count', 'Sum'), label: '{{name}}' },
                { scope: 'trace-group', reads: aws('AWS/X-Ray', 'ApproximateTraceCount', 'Sum'), label: '{{short}}' },
                { scope: 'trace-group:here', reads: aws('AWS/X-Ray', 'ApproximateTraceCount', 'Sum') },
                {
                  scope: 'queue',
                  reads: math('in_ - out', {
                    in_: aws('AWS/SQS', 'NumberOfMessagesSent', 'Sum'),
                    out: aws('AWS/SQS', 'NumberOfMessagesDeleted', 'Sum'),
                  }),
                },
              ],
            },
            {
              kind: 'log',
              title: 'Log',
              width: 6,
              view: 'pie',
              scopes: ['function'],
              query: 'filter app = "{{prefix}}"',
            },
            { kind: 'contributors', title: 'Top', width: 6, rule: 'top' },
          ],
        },
        {
          height: 4,
          widgets: [
            { kind: 'log', title: 'Nobody', width: 12, scopes: ['handler:none'], query: 'limit 1' },
            {
              kind: 'metric',
              title: 'Nothing',
              width: 12,
              series: [{ scope: 'handler:none', reads: aws('AWS/Lambda', 'Errors', 'Sum') }],
            },
          ],
        },
      ],
    },
  },
  traceGroups: {
    here: { services: ['api', 'function'], condition: 'annotation.app = "{{prefix}}"' },
    nobody: { services: ['handler:none'] },
  },
  samplingRules: {
    each: {
      ...{ scope: 'api', priority: 5, reservoirSize: 0, fixedRate: 1, effective: 'at-its-roots' },
      serviceName: '{{name}}/{{stage}}',
    },
  },
  queries: {
    all: { scopes: ['function'], query: 'fields @message, "{{namespace}}"\n| filter @message like /"a\\/b"/' },
  },
  contributorRules: { top: { scopes: ['handler:dialer-worker'], keys: ['$.campaignId'] } },
}));
