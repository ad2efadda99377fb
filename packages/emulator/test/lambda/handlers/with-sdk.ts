import { SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

/** The AWS SDK is part of the bundle. */
export const handler = async (): Promise<string> => sqs.config.region();
