import { GetSamplingTargetsCommand, PutTraceSegmentsCommand, XRayClient } from '@aws-sdk/client-xray';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emulatorWith, errorOf } from '../running-emulator.ts';

const targets = (change: object, count = 1) => {
  const document = {
    ...{ RuleName: 'Default', ClientID: 'a'.repeat(24), Timestamp: new Date(), RequestCount: 9, SampledCount: 5 },
    ...change,
  };
  return new GetSamplingTargetsCommand({ SamplingStatisticsDocuments: Array.from({ length: count }, () => document) });
};

describe('X-Ray refuses', () => {
  it.each([
    [
      'no segments',
      new PutTraceSegmentsCommand({ TraceSegmentDocuments: undefined }),
      'TraceSegmentDocuments is required',
    ],
    ['a short client', targets({ ClientID: 'a' }), 'ClientID has 1 characters: it must have 24'],
    ['a negative count', targets({ RequestCount: -1 }), 'RequestCount is -1: it must be 0 or more'],
    ['a negative loan', targets({ BorrowCount: -2 }), 'BorrowCount is -2: it must be 0 or more'],
    ['no count', targets({ SampledCount: undefined }), 'SampledCount is required'],
    ['many reports', targets({}, 26), 'SamplingStatisticsDocuments has 26 members, X-Ray takes 25'],
  ])('%s', async (_, command, message) => {
    const { url } = await emulatorWith({});
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new XRayClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    const error = await errorOf(client.send(command as PutTraceSegmentsCommand));
    expect(error).toMatchObject({ name: 'InvalidRequestException', message });
  });
});
