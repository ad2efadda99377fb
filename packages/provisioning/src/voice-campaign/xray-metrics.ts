import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { DashboardDefinition } from '../monitoring/dashboard-definition.ts';
import type { Readers } from '../monitoring/readings.ts';
import { navigation } from './navigation.ts';
import { outcomeColors } from './outcome-colors.ts';

const console = 'https://{{region}}.console.aws.amazon.com/cloudwatch/home?region={{region}}';

/**
 * What the traces say. X-Ray has one metric of a group, a number of sampled traces; latencies are those of the API and
 * of its function, and what depends on what is drawn by the trace map, which no widget can hold.
 */
export const xrayMetrics = ({ aws }: Readers<typeof voiceCampaign>): DashboardDefinition => ({
  rows: [
    navigation(
      'xray-metrics',
      'Sampled traces: 1 a second and 5 % of the rest of each function. Never a rate of calls.',
    ),
    {
      height: 6,
      widgets: [
        {
          kind: 'metric',
          title: 'Traces processed',
          width: 12,
          yAxis: { left: { min: 0, label: 'Traces', showUnits: false } },
          series: [
            { scope: 'trace-group', reads: aws('AWS/X-Ray', 'ApproximateTraceCount', 'Sum'), label: '{{short}}' },
          ],
        },
        {
          kind: 'metric',
          title: 'Traces with an error, a fault or a throttle',
          width: 12,
          yAxis: { left: { min: 0, label: 'Traces', showUnits: false } },
          series: [
            {
              scope: 'trace-group:errors',
              reads: aws('AWS/X-Ray', 'ApproximateTraceCount', 'Sum'),
              label: 'With an error',
              color: outcomeColors.failed,
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
          title: 'API latency',
          width: 12,
          yAxis: { left: { min: 0, label: 'ms', showUnits: false } },
          series: (['Average', 'Maximum', 'p95', 'p99'] as const).map((statistic) => ({
            scope: 'api' as const,
            reads: aws('AWS/ApiGateway', 'Latency', statistic),
            label: `{{name}} ${statistic}`,
          })),
        },
        {
          kind: 'metric',
          title: 'api-handler: duration',
          width: 12,
          yAxis: { left: { min: 0, label: 'ms', showUnits: false } },
          series: (['Average', 'Maximum', 'p95', 'p99'] as const).map((statistic) => ({
            scope: 'handler:api-handler' as const,
            reads: aws('AWS/Lambda', 'Duration', statistic),
            label: statistic,
          })),
        },
      ],
    },
    {
      height: 3,
      widgets: [
        {
          kind: 'text',
          width: 24,
          markdown:
            '## Service dependencies\n' +
            'A dashboard has no widget for them. ' +
            `[button:primary:Trace map](${console}#xray:service-map/map) ` +
            `[button:Traces](${console}#xray:traces/query)`,
        },
      ],
    },
  ],
});
