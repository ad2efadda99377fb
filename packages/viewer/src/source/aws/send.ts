import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { XRayClient } from '@aws-sdk/client-xray';
import { ViewSourceError } from '../view-source.ts';

/** Clients of the AWS SDK v3. Without one for logs or traces the page says that it was given none. */
export type AwsClients = {
  readonly cloudWatch: CloudWatchClient;
  readonly logs?: CloudWatchLogsClient;
  readonly xray?: XRayClient;
};

const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|LimitExceededException/;

/** Whether a service said that it was asked too often. */
export const isThrottling = (error: unknown): boolean => error instanceof Error && THROTTLED.test(error.name);

/** Runs a request to AWS. @throws ViewSourceError that names the operation, with the service's words. */
export async function asked<Answer>(operation: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const name = error.name === 'Error' ? '' : ` (${error.name})`;
    throw new ViewSourceError(`${operation}: ${error.message || 'there was no answer'}${name}`, { cause: error });
  }
}

/** A client that a part of the page needs. @throws ViewSourceError where it was not given. */
export function needed<Client>(client: Client | undefined, name: keyof AwsClients): Client {
  if (client === undefined) throw new ViewSourceError(`This page was given no client for ${name}: give awsSource one`);
  return client;
}

/** Asks again with each answer's token, as often as `most` pages say. */
export async function allPages<Page>(
  next: (token: string | undefined) => Promise<Page & { readonly NextToken?: string | undefined }>,
  most = 20,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const page = await next(token);
    pages.push(page);
    token = page.NextToken;
  } while (token !== undefined && token !== '' && pages.length < most);
  return pages;
}
