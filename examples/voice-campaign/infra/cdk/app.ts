// npx cdk deploy --app 'npx tsx --conditions=@voice-campaign/source infra/cdk/app.ts'
import { App } from 'aws-cdk-lib';
import { CallsStack } from './calls-stack.ts';

const setting = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: where the function's ${name} is to point`);
  return value;
};

new CallsStack(new App(), 'voice-campaign-production', {
  environment: 'production',
  bundles: 'dist/bundles',
  storeUrl: setting('STORE_URL'),
  telephonyUrl: setting('TELEPHONY_URL'),
});
