import { instrument } from '@voice-campaign/instrumentation';
import { eachRecord } from '@voice-campaign/instrumentation/sqs';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent } from 'aws-lambda';

/** Measured for its size alone. */
export const handler = instrument(voiceCampaign, 'dialer-worker', (event: SQSEvent) => eachRecord(event, () => {}));
