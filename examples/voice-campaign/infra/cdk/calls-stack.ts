import { Monitoring } from '@voice-campaign/provisioning/cdk';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Architecture, Code, Function as Lambda, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { campaignMonitoring } from '../../src/monitoring/campaign-monitoring.ts';

export type CallsStackProps = StackProps & {
  readonly environment: string;
  /** Folder of the functions' bundles: one zip each, with index.mjs in it. */
  readonly bundles: string;
  readonly storeUrl: string;
  readonly telephonyUrl: string;
};

const PROJECT = 'voice-campaign';
const seconds = { dispatcher: 15, 'dialer-worker': 120, 'sms-worker': 30, 'api-handler': 10, 'campaign-pauser': 10 };
type Name = keyof typeof seconds;

/** The same system as the Terraform beside it: constructs grant what each function does, and nothing else. */
export class CallsStack extends Stack {
  constructor(scope: Construct, id: string, props: CallsStackProps) {
    super(scope, id, props);
    const { environment, bundles, storeUrl, telephonyUrl } = props;
    const named = (name: string): string => `${PROJECT}-${environment}-${name}`;
    const queueOf = (name: string, worker: Name) => {
      const deadLetters = new Queue(this, `${name}-dlq`, {
        queueName: named(`${name}-dlq`),
        retentionPeriod: Duration.days(14),
      });
      const visibilityTimeout = Duration.seconds(6 * seconds[worker]);
      const deadLetterQueue = { queue: deadLetters, maxReceiveCount: 3 };
      return {
        deadLetters,
        tasks: new Queue(this, name, { queueName: named(name), visibilityTimeout, deadLetterQueue }),
      };
    };
    const dial = queueOf('dial-tasks', 'dialer-worker');
    const sms = queueOf('sms-tasks', 'sms-worker');
    const functionOf = (name: Name) =>
      new Lambda(this, name, {
        functionName: named(name),
        runtime: Runtime.NODEJS_22_X,
        architecture: Architecture.ARM_64,
        handler: 'index.handler',
        code: Code.fromAsset(`${bundles}/${name}.zip`),
        timeout: Duration.seconds(seconds[name]),
        tracing: Tracing.ACTIVE,
        environment: {
          ...{ PROJECT_NAME: PROJECT, ENVIRONMENT: environment, STORE_URL: storeUrl, SLICE_SECONDS: '60' },
          ...{ TELEPHONY_URL: telephonyUrl, SPEECH_URL: telephonyUrl, SMS_URL: telephonyUrl },
          ...{ DIAL_TASKS_QUEUE_URL: dial.tasks.queueUrl, SMS_TASKS_QUEUE_URL: sms.tasks.queueUrl },
        },
      });
    const [dispatcher, dialer, smsWorker] = [
      functionOf('dispatcher'),
      functionOf('dialer-worker'),
      functionOf('sms-worker'),
    ];
    const [apiHandler, pauser] = [functionOf('api-handler'), functionOf('campaign-pauser')];

    dial.tasks.grantSendMessages(dispatcher);
    sms.tasks.grantSendMessages(dialer);
    dialer.addEventSource(new SqsEventSource(dial.tasks, { maxConcurrency: 20, reportBatchItemFailures: true }));
    smsWorker.addEventSource(new SqsEventSource(sms.tasks, { maxConcurrency: 2, reportBatchItemFailures: true }));
    new Rule(this, 'dispatch', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(dispatcher)],
    });
    new LambdaRestApi(this, 'api', {
      restApiName: named('api'),
      handler: apiHandler,
      deployOptions: { stageName: environment, tracingEnabled: true },
    });

    const { topic, plan } = new Monitoring(this, 'Monitoring', {
      projectName: PROJECT,
      environment,
      monitoring: campaignMonitoring,
      functions: {
        ...{ dispatcher, 'dialer-worker': dialer, 'sms-worker': smsWorker },
        ...{ 'api-handler': apiHandler, 'campaign-pauser': pauser },
      },
      queues: { 'dial-tasks': dial.tasks, 'sms-tasks': sms.tasks },
      deadLetterQueues: { 'dial-tasks-dlq': dial.deadLetters, 'sms-tasks-dlq': sms.deadLetters },
      restApiNames: [named('api')],
    });
    // Of all alarms this one alone pauses campaigns.
    const allowlist = plan.metricAlarms.flatMap(({ AlarmName = '' }) =>
      AlarmName.includes('opt-out-rate') ? [AlarmName] : [],
    );
    const filterPolicyWithMessageBody = {
      AlarmName: FilterOrPolicy.filter(SubscriptionFilter.stringFilter({ allowlist })),
    };
    topic.addSubscription(new LambdaSubscription(pauser, { filterPolicyWithMessageBody }));
  }
}
