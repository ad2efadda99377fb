import type { Emulator } from '@voice-campaign/emulator';
import { call, cloudWatch } from '../e2e/sample-data.ts';

const definition = {
  Schema: { Name: 'CloudWatchLogRule', Version: 1 },
  LogGroupNames: ['/calls'],
  LogFormat: 'JSON',
  Contribution: { Keys: ['$.campaignId'], ValueOf: '$.cost', Filters: [] },
  AggregateOn: 'Sum',
};

/** The rule `by-campaign`, and calls of three campaigns in the log that it reads. */
export async function fillContributors(emulator: Emulator, now: number): Promise<void> {
  const logs = (operation: string, input: object) => call(emulator, 'Logs_20140328', operation, input);
  await logs('CreateLogGroup', { logGroupName: '/calls' });
  await logs('CreateLogStream', { logGroupName: '/calls', logStreamName: 'main' });
  await cloudWatch(emulator, 'PutInsightRule', {
    RuleName: 'by-campaign',
    RuleDefinition: JSON.stringify(definition),
  });
  const messages = ['spring', 'spring', 'autumn', 'winter', 'spring'].map((campaignId, index) =>
    JSON.stringify({ campaignId, cost: index + 1 }),
  );
  await logs('PutLogEvents', {
    ...{ logGroupName: '/calls', logStreamName: 'main' },
    logEvents: messages.map((message) => ({ timestamp: now, message })),
  });
}
