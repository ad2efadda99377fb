import http from 'node:http';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import AWSXRay from 'aws-xray-sdk-core';
import capturePostgres from 'aws-xray-sdk-postgres';
import pg from 'pg';

export type DialEvent = {
  readonly queueUrl: string;
  readonly httpPort: number;
  readonly postgresPort: number;
  readonly fail?: boolean;
};

export const tracer = new Tracer({ serviceName: 'dialer-worker' });
const sqs = tracer.captureAWSv3Client(new SQSClient({}));
const { Client } = (capturePostgres as unknown as (module: typeof pg) => typeof pg)(pg);

/** A handler as it was written for Powertools Tracer and the X-Ray SDK: everything they trace is in it. */
export async function dialWork({ queueUrl, httpPort, postgresPort, fail }: DialEvent): Promise<string> {
  tracer.putAnnotation('campaignId', 'c-1');
  tracer.putMetadata('contact', { attempts: [1, 2], zone: null });
  await AWSXRay.captureAsyncFunc('dial', async (dial) => {
    dial?.addAnnotation('attempt', 2);
    dial?.addAnnotation('answered', true);
    await send(queueUrl);
    await send(queueUrl.replace(/\w+$/, 'no-such-queue')).catch(() => {});
    AWSXRay.captureFunc('rate', (rate) => rate?.addAttribute('namespace', 'remote'));
    dial?.close();
  });
  await AWSXRay.captureAsyncFunc('carrier', async (carrier) => {
    try {
      await Promise.all([200, 404].map((status) => get(`http://127.0.0.1:${httpPort}/${status}`)));
      for (const status of [429, 503]) await get(`http://127.0.0.1:${httpPort}/${status}`);
      for (const status of [200, 429, 500]) await (await fetch(`http://127.0.0.1:${httpPort}/${status}`)).text();
      await get('http://127.0.0.1:1/').catch(() => {});
      throw new TypeError('no trunk');
    } catch (error) {
      carrier?.addError(error as Error);
    } finally {
      carrier?.close();
    }
  });
  await queries(postgresPort);
  const own = tracer.getSegment()?.addNewSubsegment('### bill');
  const parent = tracer.getSegment();
  if (own && parent) {
    tracer.setSegment(own);
    await send(queueUrl);
    own.close(new RangeError('too dear'));
    tracer.setSegment(parent);
  }
  if (fail) throw new Error('campaign stopped');
  return 'dialled';
}

const send = (QueueUrl: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));

const get = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    http.get(url, (response) => response.resume().on('end', resolve)).on('error', reject);
  });

async function queries(port: number): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: 'dialer', database: 'contacts' });
  await client.connect();
  await new Promise<void>((resolve) => {
    client.query('SELECT * FROM contacts', () => AWSXRay.captureFunc('rows', () => resolve()));
  });
  await new Promise<void>((resolve) => client.query('SELECT * FROM missing', () => resolve()));
  await client.end();
}
