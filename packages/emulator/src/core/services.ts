import { randomUUID } from 'node:crypto';
import type { AlarmNotification } from '@voice-campaign/cloudwatch-engine/alarms';
import { type AlarmAction, startAlarms } from '../alarms/alarm-service.ts';
import { runActions } from '../alarms/run-actions.ts';
import { alarmOperations } from '../alarms-api/alarms-api.ts';
import type { AlarmsContext } from '../alarms-api/alarms-context.ts';
import { cloudwatchService } from '../cloudwatch-api/cloudwatch-api.ts';
import { readMetricData } from '../cloudwatch-api/metrics/read-metric-data.ts';
import { type DashboardsContext, dashboardOperations, taggedDashboard } from '../dashboards-api/dashboards-api.ts';
import { anomalyDetectorOperations } from '../insights-api/anomaly-detectors-api.ts';
import { insightRuleOperations, taggedRule } from '../insights-api/insight-rules-api.ts';
import { functionNameOf, lambdaService } from '../lambda-api/lambda-api.ts';
import { logsService } from '../logs-api/logs-api.ts';
import { sendToQueue } from '../queue/service/send-to-queue.ts';
import { answerCertificate } from '../server/certificate-door.ts';
import { answerControl, type ControlRoutes } from '../server/control.ts';
import { healthOf } from '../server/health.ts';
import type { HttpRequest, HttpResponse } from '../server/http-message.ts';
import { isObject } from '../service-api/input.ts';
import type { Service } from '../service-api/service.ts';
import { createSigner, type EmulatorSigner } from '../sns/delivery/signing.ts';
import { publish } from '../sns/publish/publish-api.ts';
import { snsService } from '../sns/sns-api.ts';
import type { SnsContext } from '../sns/sns-context.ts';
import { sqsService } from '../sqs/sqs-api.ts';
import { committer } from '../state/journal.ts';
import { xrayService } from '../xray-api/xray-api.ts';
import type { XrayContext } from '../xray-api/xray-context.ts';
import { functionArnOf, queueUrlOf, type Running, urlOf } from './running.ts';

/** The AWS services of this emulator, and what its own parts publish through. */
export type Services = {
  readonly list: readonly Service[];
  readonly sns: SnsContext;
  /** Answers what is asked of the emulator itself, or of no service of AWS; `undefined` for other requests. */
  readonly answerOther: (request: HttpRequest) => Promise<HttpResponse | undefined>;
};

export const createServices = (running: Running): Services => {
  const { queues, metrics, now, clock, options, warn, accountId, region } = running.core;
  const signer = createSigner();
  const sns = snsContext(running, signer);
  const dashboards = dashboardsContext(running);
  const insights = { ...running.core, now: clock.now };
  const list = [
    sqsService({ queues, urlOf: (name) => queueUrlOf(running, name), now, newId: randomUUID }),
    cloudwatchService(
      {
        metrics,
        now: clock.now,
        accountId,
        region,
        outside: running.core.insights.outside,
        drawWidget: options.drawWidget,
      },
      {
        ...alarmOperations({
          ...alarmsContext(running, sns),
          tagged: (arn) => taggedDashboard(dashboards, arn) ?? taggedRule(insights, arn),
        }),
        ...dashboardOperations(dashboards),
        ...insightRuleOperations(insights),
        ...anomalyDetectorOperations({ ...running.core, newId: randomUUID }),
      },
    ),
    snsService(sns),
    lambdaService({
      invoke: running.invoke,
      accept: running.asyncEvents.accept,
      functionNames: options.functions.map(({ name }) => name),
      functionArn: (name) => functionArnOf(running, name),
      logOf: (requestId) => tailOf(running, requestId),
      warn,
    }),
    xrayService(xrayContext(running)),
    logsService({ ...running.core, now: running.core.clock.now, newId: randomUUID }),
  ];
  const control = controlOf(running);
  const answerOther = async (request: HttpRequest) =>
    (await answerControl(control, request)) ?? (await answerCertificate(signer.certificate, request));
  return { list, sns, answerOther };
};

const controlOf = (running: Running): ControlRoutes => ({
  'GET health': () => healthOf(running),
  'POST reset': () => running.core.reset(),
  'POST metrics': (body) => addMetrics(running, body()),
});

/** Samples of any namespace, those of AWS among them, in the members of PutMetricData: one request or a list of them. */
const addMetrics = ({ core }: Running, body: unknown): { readonly accepted: number } => {
  const requests = (Array.isArray(body) ? body : [body]).map((request) => {
    if (!isObject(request)) throw new Error('metrics: expected { "Namespace", "MetricData" } or a list of such');
    return readMetricData(request, core.clock.now(), { reserved: true });
  });
  const data = requests.flat();
  core.addPlatform(data);
  return { accepted: data.length };
};

/** The last 4 kB of what an invocation logged: it travels in a header. */
const tailOf = ({ core }: Running, requestId: string): Uint8Array => {
  const messages = core.logs.events({ requestId }).map(({ message }) => message);
  return Buffer.from(messages.join('\n')).subarray(-4096);
};

const snsContext = (running: Running, signer: EmulatorSigner): SnsContext => {
  const { core, track } = running;
  const { region, accountId, journal, sns: state, clock, warn } = core;
  return {
    state,
    commit: committer(journal, state),
    region,
    accountId,
    now: clock.now,
    newId: randomUUID,
    url: () => urlOf(running),
    signer: () => signer.at(urlOf(running)),
    warn,
    sendToQueue: (arn, message) => sendToQueue(running.core, arn, message),
    invoke: (arn, event) => invokeAsEvent(running, arn, event),
    track,
  };
};

const xrayContext = ({ core }: Running): XrayContext => ({
  state: core.xray,
  commit: committer(core.journal, core.xray),
  traces: core.traces,
  region: core.region,
  accountId: core.accountId,
  now: core.clock.now,
  newId: randomUUID,
});

const dashboardsContext = ({ core }: Running): DashboardsContext => ({
  store: core.dashboards,
  commit: committer(core.journal, core.dashboards),
  accountId: core.accountId,
  now: core.clock.now,
  warn: core.warn,
});

/** Alarms that are evaluated as the clock goes on, whose actions reach topics and functions. */
const alarmsContext = (running: Running, sns: SnsContext): Omit<AlarmsContext, 'tagged'> => {
  const { core } = running;
  const { clock, region, accountId, journal, warn, metrics } = core;
  const identity = { partition: 'aws', region, accountId };
  const targets = {
    identity,
    newId: randomUUID,
    publish: (topicArn: string, { subject, message, email, sms }: AlarmNotification) => {
      if (!sns.state.topics.has(topicArn)) return `topic ${topicArn} does not exist`;
      publish(sns, { topicArn, subject, message, texts: { email, sms } });
      return undefined;
    },
    invoke: (arn: string, event: unknown) => invokeAsEvent(running, arn, event),
    warn,
  };
  const run = (action: AlarmAction) => runActions(targets, action);
  const alarms = startAlarms({
    store: core.alarms,
    journal,
    source: metrics,
    outside: core.insights.outside,
    identity,
    clock,
    run,
  });
  running.closers.push(async () => alarms.stop());
  return { alarms, identity, now: clock.now };
};

/** Says why not, where it cannot; the function has the event after that, as often as it takes. */
const invokeAsEvent = ({ core, asyncEvents }: Running, arn: string, event: unknown): string | undefined => {
  const name = functionNameOf(arn);
  if (!core.functions.some((fn) => fn.name === name)) return `no function ${name} is defined here`;
  try {
    asyncEvents.accept(name, JSON.stringify(event));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
};
