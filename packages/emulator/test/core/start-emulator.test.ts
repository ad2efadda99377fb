import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { EmulatorDefinitionError } from '../../src/core/definition-issue.ts';
import type { EmulatorPlaces } from '../../src/core/emulator-options.ts';
import { startEmulator } from '../../src/core/start-emulator.ts';
import type { Emulator } from '../../src/emulator.ts';
import type { LogEvent } from '../../src/lambda/events.ts';
import { emulatorWith, errorOf, handlerFile, sqsClientOf } from '../running-emulator.ts';

const entry = handlerFile('campaign.ts');
const campaign = {
  functions: [
    { name: 'dispatcher', entry, handler: 'dispatcher', timeoutMs: 2000, processes: 1 },
    { name: 'worker', entry, handler: 'worker', timeoutMs: 500, processes: 1 },
    { name: 'api', entry, handler: 'api', processes: 1 },
  ],
  queues: [
    { name: 'tasks', visibilityTimeoutSeconds: 0.5, redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 2 } },
    { name: 'dead' },
  ],
  eventSources: [
    { queue: 'tasks', functionName: 'worker', functionResponseTypes: ['ReportBatchItemFailures'] as const },
  ],
  routes: [
    { method: 'POST', path: '/calls/{callId}', functionName: 'api' },
    { method: 'GET', path: '/fault', functionName: 'api' },
  ],
  environment: ({ queueUrl }: EmulatorPlaces) => ({ QUEUE_URL: queueUrl('tasks') }),
};

const segmentOf = (emulator: Emulator, functionName: string) =>
  emulator.traces
    .list()
    .flatMap(({ documents }) =>
      documents.filter(
        (document) => 'origin' in document && document.origin === 'AWS::Lambda' && document.name === functionName,
      ),
    );

describe('the whole emulator', () => {
  it('runs a campaign: what fails comes again, poison ends in the dead-letter queue, nothing is counted twice', async () => {
    const emulator = await emulatorWith(campaign);
    const bodies = ['call', 'flaky', 'poison', ...Array.from({ length: 7 }, () => 'call')];
    const result = await emulator.invoke('dispatcher', { bodies });
    expect(result.functionError).toBeUndefined();
    await emulator.idle({ timeoutMs: 20_000 });
    expect(emulator.metrics.total('voice/test', 'TotalCalls').sum).toBe(9);
    const callIds = emulator.metrics.samples({ name: 'TotalCalls' }).map(({ properties }) => properties.callId);
    expect(new Set(callIds).size).toBe(9);
    expect(emulator.queues()).toMatchObject([
      { name: 'tasks', visible: 0, inFlight: 0, delayed: 0, isDeadLetterQueue: false },
      { name: 'dead', visible: 1, isDeadLetterQueue: true, url: `${emulator.url}/123456789012/dead` },
    ]);
    expect(emulator.logs.rejected()).toEqual([]);
    expect([...emulator.logs.groups()].sort()).toEqual(['/aws/lambda/dispatcher', '/aws/lambda/worker']);
  });

  it("links the worker's own trace to the dispatcher's, and hangs handlers below their function", async () => {
    const emulator = await emulatorWith(campaign);
    await emulator.invoke('dispatcher', { bodies: ['call', 'call'] });
    await emulator.idle({ timeoutMs: 20_000 });
    const [dispatched] = segmentOf(emulator, 'dispatcher');
    const [worked] = segmentOf(emulator, 'worker');
    expect(worked?.trace_id).not.toBe(dispatched?.trace_id);
    expect(worked?.links).toMatchObject([{ trace_id: dispatched?.trace_id, id: 'd'.repeat(16) }]);
    const text = emulator.traces.render(worked?.trace_id ?? '') ?? '';
    const shape = text.replace(/[\d.]+ ms/g, 'N ms').replace(/1-[\da-f]{8}-[\da-f]{24}/g, 'ID');
    expect(shape).toMatchInlineSnapshot(`
      "Trace ID
      dispatcher (AWS::Lambda)  N ms  200
      └─ dispatcher (AWS::Lambda::Function)  N ms
         ├─ Initialization  N ms
         ├─ Invocation  N ms
         ├─ ## handler  N ms
         │       [campaignId=c-1]
         └─ Overhead  N ms
      -> linked from 1 trace

      Trace ID
      worker (AWS::Lambda)  N ms  200
      │    <- linked to trace ID, sent by dddddddddddddddd
      └─ worker (AWS::Lambda::Function)  N ms
         ├─ Initialization  N ms
         ├─ Invocation  N ms
         ├─ ## handler  N ms
         │       [batchSize=2]
         └─ Overhead  N ms"
    `);
    expect(emulator.traces.report()).toMatchObject({ accepted: 2, rejected: 0 });
  });

  it('serves HTTP routes with one trace from the API to the handler', async () => {
    const emulator = await emulatorWith(campaign);
    const response = await fetch(`${emulator.httpUrl}/calls/c-1`, { method: 'POST', body: '1' });
    expect([response.status, await response.json()]).toEqual([200, { callId: 'c-1', keys: '1' }]);
    expect(emulator.metrics.total('voice/test', 'OptOuts').sum).toBe(1);
    const [trace] = emulator.traces.list();
    expect(response.headers.get('x-amzn-trace-id')).toBe(`Root=${trace?.id};Sampled=1`);
    expect(trace?.documents.map((document) => 'origin' in document && document.origin).sort()).toEqual([
      'AWS::ApiGateway::Stage',
      'AWS::Lambda',
      'AWS::Lambda::Function',
    ]);
  });

  it('answers 502 for a function that throws, in process as well', async () => {
    const emulator = await emulatorWith(campaign);
    const response = await emulator.fetch(new Request('http://any.test/fault'));
    expect(response.status).toBe(502);
    expect(emulator.traces.render(emulator.traces.list()[0]?.id ?? '')).toContain('! TypeError: no such call');
  });

  it('traces nothing where the caller has decided so', async () => {
    const emulator = await emulatorWith(campaign);
    const traceHeader = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';
    await emulator.invoke('dispatcher', { bodies: ['call'] }, { traceHeader });
    await emulator.idle({ timeoutMs: 20_000 });
    const platform = emulator.traces
      .list()
      .filter(({ documents }) => documents.some((document) => 'origin' in document));
    expect(platform).toEqual([]);
  });

  it('delivers again what a killed worker had in hand', async () => {
    const killed: number[] = [];
    const log = ({ message }: LogEvent) => {
      if (message === 'hanging') killed.push(emulator.lambda.kill('worker'));
    };
    const emulator = await emulatorWith({ ...campaign, log });
    await emulator.invoke('dispatcher', { bodies: ['hang', 'call'] });
    await emulator.idle({ timeoutMs: 20_000 });
    expect(killed).toEqual([1]);
    expect(emulator.metrics.total('voice/test', 'TotalCalls').sum).toBe(2);
    expect(emulator.queues()).toMatchObject([{ visible: 0, inFlight: 0 }, { visible: 0 }]);
    expect(segmentOf(emulator, 'worker')).toHaveLength(2);
  });

  it('invokes nothing with what has no JSON text, or more than Lambda takes', async () => {
    const emulator = await emulatorWith(campaign);
    const refused = async (payload: unknown) => errorOf(emulator.invoke('dispatcher', payload));
    expect((await refused(() => 1)).message).toBe('a function has no JSON text that a function could be given');
    expect((await refused(1n)).name).toBe('TypeError');
    expect((await refused('x'.repeat(6_291_456))).message).toContain('Lambda takes 6291456');
  });

  it('says what is left when it does not become idle', async () => {
    const { eventSources: _, ...unpolled } = campaign;
    const emulator = await emulatorWith(unpolled);
    await sqsClientOf(emulator).send(
      new SendMessageCommand({ QueueUrl: emulator.queueUrl('tasks'), MessageBody: 'x' }),
    );
    await expect(emulator.idle({ timeoutMs: 20 })).rejects.toThrow('tasks: 1 visible, 0 in flight, 0 delayed');
  });
});

describe('starting', () => {
  it('names everything that is wrong at once', async () => {
    const attempt = startEmulator({
      functions: [{ name: 'worker', entry, timeoutMs: 60_000 }],
      queues: [
        { name: 'a.fifo' },
        { name: 'a b' },
        { name: 'tasks', delaySeconds: 901, redrivePolicy: { deadLetterQueue: 'nothing', maxReceiveCount: 0 } },
        { name: 'tasks' },
      ],
      eventSources: [
        { queue: 'tasks', functionName: 'worker' },
        { queue: 'other', functionName: 'nobody', batchSize: 11 },
      ],
      routes: [{ method: 'GET', path: '/', functionName: 'nobody' }],
    });
    const error = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EmulatorDefinitionError);
    expect((error as EmulatorDefinitionError).message).toMatchInlineSnapshot(`
      "queue a.fifo: FIFO queues are not emulated: use a standard queue
      queue a b: a name has 1 to 80 letters, digits, - and _
      queue tasks: delaySeconds is 901, SQS takes 0 to 900
      queue tasks: maxReceiveCount is 0, SQS takes 1 to 1000
      queue tasks: is defined twice: drop one
      queue tasks: define its dead-letter queue nothing
      event source tasks -> worker: the queue's visibility timeout of 30 s is less than the function timeout of 60 s, so messages would come again while they are worked on: raise it
      event source other -> nobody: define the queue
      event source other -> nobody: define the function
      event source other -> nobody: a batchSize of 11 needs a batching window of at least 1 s: set one, or take 10 at most
      route GET /: define the function nobody"
    `);
  });

  it('fails for a port that is taken, and leaves nothing behind', async () => {
    const emulator = await emulatorWith({});
    const port = Number(new URL(emulator.url).port);
    await expect(startEmulator({ functions: [], port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('may be stopped twice, and answers no more', async () => {
    const emulator = await emulatorWith({});
    await Promise.all([emulator.stop(), emulator.stop()]);
    await expect(fetch(emulator.url)).rejects.toThrow();
  });
});
