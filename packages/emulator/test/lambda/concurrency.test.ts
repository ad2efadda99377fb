import { describe, expect, it } from 'vitest';
import { fixture, lambdaWith, lambdaWithProbe } from './running-lambda.ts';

const invokeAll = (lambda: Awaited<ReturnType<typeof lambdaWith>>, name: string, count: number, payload: string) =>
  Promise.all(Array.from({ length: count }, () => lambda.invoke(name, payload)));

describe('concurrency', () => {
  it('takes as many processes as are allowed, and makes the others wait', async () => {
    const lambda = await lambdaWithProbe('pid', { processes: 3 });
    const results = await invokeAll(lambda, 'pid', 7, '{"wait":60}');
    expect(new Set(results.map((result) => result.payload)).size).toBe(3);
    expect(results.filter((result) => result.coldStart)).toHaveLength(3);
  });

  it('takes one process for invocations that follow each other', async () => {
    const lambda = await lambdaWithProbe('pid', { processes: 3 });
    const pids = new Set<string>();
    for (let count = 0; count < 5; count += 1) pids.add((await lambda.invoke('pid', '{}')).payload);
    expect(pids.size).toBe(1);
  });

  it('throttles what is beyond the reserved concurrency', async () => {
    const lambda = await lambdaWithProbe('pid', { reservedConcurrency: 2 });
    const results = await invokeAll(lambda, 'pid', 4, '{"wait":60}');
    expect(results.map((result) => result.throttled ?? false).sort()).toEqual([false, false, true, true]);
    const refused = results.find((result) => result.throttled);
    expect(JSON.parse(refused?.payload ?? '')).toMatchObject({
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    expect((await lambda.invoke('pid', '{}')).throttled).toBeUndefined();
  });

  it('lets events wait where requests are throttled', async () => {
    const lambda = await lambdaWithProbe('pid', { reservedConcurrency: 1 });
    const events = await Promise.all([1, 2, 3].map(() => lambda.invoke('pid', '{"wait":5}', { kind: 'Event' })));
    expect(events.filter((result) => result.throttled)).toEqual([]);
  });

  it('of zero throttles everything and starts nothing', async () => {
    const lambda = await lambdaWithProbe('pid', { reservedConcurrency: 0 });
    expect(await lambda.invoke('pid', '{}')).toMatchObject({ throttled: true });
    expect(await lambda.invoke('pid', '{}', { kind: 'Event' })).toMatchObject({ throttled: true });
    expect(lambda.events).toEqual([]);
  });

  it('keeps functions apart', async () => {
    const lambda = await lambdaWith([
      { name: 'one', entry: fixture('echo.ts') },
      { name: 'two', entry: fixture('echo.ts') },
    ]);
    const [one, two] = await Promise.all([lambda.invoke('one', '1'), lambda.invoke('two', '2')]);
    expect([one, two].map(({ functionName, payload }) => [functionName, payload])).toEqual([
      ['one', '1'],
      ['two', '2'],
    ]);
  });
});

describe('several invocations in one process, as on Managed Instances', () => {
  it('are in flight together, each with its own context in the InvokeStore', async () => {
    const lambda = await lambdaWithProbe('meets', { processes: 1, concurrencyPerProcess: 4 });
    const results = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        lambda.invoke('meets', '{"together":4}', { traceHeader: `Root=1-0000000${n}-${'0'.repeat(24)}` }),
      ),
    );
    const answers = results.map((result) => JSON.parse(result.payload));
    expect(new Set(answers.map((answer) => answer.pid)).size).toBe(1);
    for (const [index, answer] of answers.entries()) {
      expect(answer).toMatchObject({
        requestId: results[index]?.requestId,
        storeRequestId: results[index]?.requestId,
        storeTraceId: results[index]?.traceHeader,
        traceVariable: null,
        maxConcurrency: '4',
      });
    }
  });

  it('log JSON lines that name their invocation', async () => {
    const lambda = await lambdaWithProbe('meets', { processes: 1, concurrencyPerProcess: 2 });
    const results = await invokeAll(lambda, 'meets', 2, '{"together":2}');
    const lines = lambda.logged.filter((event) => event.source === 'stdout');
    expect(lines.map((line) => line.requestId).sort()).toEqual(results.map((result) => result.requestId).sort());
    for (const { message, requestId } of lines)
      expect(JSON.parse(message)).toMatchObject({ message: 'met', requestId });
  });

  it('are never more than allowed in one process', async () => {
    const lambda = await lambdaWithProbe('pid', { processes: 1, concurrencyPerProcess: 2 });
    await invokeAll(lambda, 'pid', 6, '{"wait":20}');
    let inFlight = 0;
    let most = 0;
    for (const event of lambda.events) {
      if (event.kind === 'start') inFlight += 1;
      if (event.kind === 'report') inFlight -= 1;
      most = Math.max(most, inFlight);
    }
    expect(most).toBe(2);
  });

  it('time out one by one, without ending the others', async () => {
    const lambda = await lambdaWithProbe('pid', { processes: 1, concurrencyPerProcess: 2, timeoutMs: 400 });
    await lambda.invoke('pid', '{}');
    const [slow, quick] = await Promise.all([
      lambda.invoke('pid', '{"wait":5000}'),
      lambda.invoke('pid', '{"wait":200}'),
    ]);
    expect(slow.timedOut).toBe(true);
    expect(quick.error).toBeUndefined();
    expect((await lambda.invoke('pid', '{}')).payload).toBe(quick.payload);
  });
});
