export { type AwsSourceOptions, awsSource } from './source/aws/aws-source.ts';
export type { AwsClients } from './source/aws/send.ts';
