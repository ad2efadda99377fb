import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SNSClient } from '@aws-sdk/client-sns';
import { XRayClient } from '@aws-sdk/client-xray';
import { UsageError } from './usage-error.ts';

type Place = { readonly profile?: string; readonly region?: string; readonly endpoint?: string };

const LOCAL = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/** By the host alone: names may begin with `localhost`, and so may what stands before an @. */
export const isLocalEndpoint = (endpoint: string): boolean =>
  URL.canParse(endpoint) && LOCAL.test(new URL(endpoint).hostname);

/** Clients of an account, by the AWS configuration; an endpoint on this machine needs neither credentials nor region. */
export const awsClients = ({ profile, region, endpoint }: Place) => {
  const isLocal = endpoint !== undefined && isLocalEndpoint(endpoint) && profile === undefined;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const config = {
    ...(profile !== undefined && { profile }),
    ...(region !== undefined ? { region } : isLocal && { region: 'us-east-1' }),
    ...(endpoint !== undefined && { endpoint }),
    ...(isLocal && { credentials }),
  };
  return {
    cloudWatch: new CloudWatchClient(config),
    logs: new CloudWatchLogsClient(config),
    events: new EventBridgeClient(config),
    kms: new KMSClient(config),
    sns: new SNSClient(config),
    xray: new XRayClient(config),
  };
};

/** @throws UsageError where none is configured. */
export const regionOf = async (client: CloudWatchClient): Promise<string> => {
  try {
    return await client.config.region();
  } catch {
    throw new UsageError('no AWS region is configured: give --region, or set AWS_REGION');
  }
};
