/** Where alarms live: parts of their ARNs and of messages. */
export type AlarmIdentity = {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
};

export const DEFAULT_IDENTITY: AlarmIdentity = { partition: 'aws', region: 'us-east-1', accountId: '123456789012' };

export function alarmArn({ partition, region, accountId }: AlarmIdentity, name: string): string {
  return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}
