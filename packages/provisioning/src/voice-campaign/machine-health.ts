import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { DashboardDefinition } from '../monitoring/dashboard-definition.ts';
import type { Readers } from '../monitoring/readings.ts';
import { outcomeColors } from './outcome-colors.ts';

type Rows = DashboardDefinition['rows'];

/** The telephone server and the database: what they are short of. */
export const machineRows = ({ aws }: Readers<typeof voiceCampaign>): Rows => [
  {
    height: 6,
    widgets: [
      {
        kind: 'metric',
        title: 'Telephone server: CPU',
        width: 8,
        // Without detailed monitoring EC2 has a point every five minutes.
        period: 300,
        yAxis: { left: { min: 0, max: 100, label: '%', showUnits: false } },
        thresholds: [
          { alarm: 'asterisk-cpu-elevated', label: 'Warning', color: outcomeColors.busy },
          { alarm: 'asterisk-cpu-high', label: 'Critical', color: outcomeColors.failed },
        ],
        series: [
          { scope: 'instance', reads: aws('AWS/EC2', 'CPUUtilization', 'Average'), label: 'Average' },
          { scope: 'instance', reads: aws('AWS/EC2', 'CPUUtilization', 'Maximum'), label: 'Maximum' },
        ],
      },
      {
        kind: 'metric',
        title: 'Telephone server: network',
        width: 8,
        period: 300,
        yAxis: { left: { min: 0, label: 'Packets', showUnits: false } },
        series: [
          { scope: 'instance', reads: aws('AWS/EC2', 'NetworkPacketsIn', 'Sum'), label: 'In' },
          { scope: 'instance', reads: aws('AWS/EC2', 'NetworkPacketsOut', 'Sum'), label: 'Out' },
        ],
      },
      {
        kind: 'metric',
        title: 'Telephone server: status checks failed, CPU credits',
        width: 8,
        period: 300,
        yAxis: { left: { min: 0, showUnits: false }, right: { min: 0, showUnits: false } },
        series: [
          { scope: 'instance', reads: aws('AWS/EC2', 'StatusCheckFailed', 'Maximum'), label: 'Checks failed' },
          {
            scope: 'instance',
            reads: aws('AWS/EC2', 'CPUCreditBalance', 'Minimum'),
            label: 'CPU credits left (T family)',
            axis: 'right',
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
        title: 'Database: connections',
        width: 8,
        yAxis: { left: { min: 0, showUnits: false } },
        series: [
          { scope: 'database', reads: aws('AWS/RDS', 'DatabaseConnections', 'Maximum'), label: 'Most in the period' },
        ],
      },
      {
        kind: 'metric',
        title: 'Database: CPU',
        width: 8,
        yAxis: { left: { min: 0, max: 100, label: '%', showUnits: false } },
        series: [{ scope: 'database', reads: aws('AWS/RDS', 'CPUUtilization', 'Average'), label: 'Average' }],
      },
      {
        kind: 'metric',
        title: 'Database: free storage',
        width: 8,
        period: 300,
        yAxis: { left: { min: 0 } },
        series: [
          { scope: 'database', reads: aws('AWS/RDS', 'FreeStorageSpace', 'Minimum'), label: 'Least in the period' },
        ],
      },
    ],
  },
];
