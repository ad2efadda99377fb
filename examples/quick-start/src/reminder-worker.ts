import { type InstrumentOptions, instrument } from '@voice-campaign/instrumentation';
import { eachRecord } from '@voice-campaign/instrumentation/sqs';
import type { SQSEvent } from 'aws-lambda';
import { reminders } from './contract.ts';
import { call } from './telephone.ts';

export const reminderWorker = (options?: InstrumentOptions) =>
  instrument(
    reminders,
    'reminder-worker',
    (event: SQSEvent, { metrics, trace, log }) =>
      eachRecord(event, async (record) => {
        const { clinic, phone } = JSON.parse(record.body);
        metrics.property('clinic', clinic); // searchable in the logs, never a dimension
        const { rangMs, confirmed } = await trace.span('call', () => call(phone));
        metrics.add('Reminders', 1);
        metrics.record('TimeToAnswer', rangMs);
        if (confirmed) metrics.add('Confirmations', 1);
        log.info('reminded', { phone, confirmed }); // the number is masked
      }),
    options,
  );

export const handler = reminderWorker();
