import { describe, expect, it } from 'vitest';
import { callbackStyle, fixture, lambdaWith, lambdaWithProbe } from './running-lambda.ts';

const TRACE = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:1|b:2';

describe('an invocation', () => {
  it('gives the event to the handler and its response to the caller', async () => {
    const lambda = await lambdaWith([{ name: 'echo', entry: fixture('echo.ts') }]);
    const first = await lambda.invoke('echo', '{"ü":["€"]}', { requestId: '00000000-0000-4000-8000-000000000001' });
    expect(first).toMatchObject({
      requestId: '00000000-0000-4000-8000-000000000001',
      functionName: 'echo',
      payload: '{"ü":["€"]}',
      coldStart: true,
    });
    expect(first.functionError).toBeUndefined();
    expect(first.initDurationMs).toBeGreaterThan(0);
    expect(first.startedAt).toBeGreaterThanOrEqual(first.initStartedAt ?? Number.POSITIVE_INFINITY);
    expect(first.endedAt).toBeGreaterThanOrEqual(first.startedAt);
    const second = await lambda.invoke('echo', '2');
    expect(second).toMatchObject({ payload: '2', coldStart: false, logStream: first.logStream });
    expect(second.initDurationMs).toBeUndefined();
  });

  it('carries an event and a response of megabytes whole', async () => {
    const lambda = await lambdaWith([{ name: 'echo', entry: fixture('echo.ts'), timeoutMs: 20_000 }]);
    const payload = JSON.stringify('ä'.repeat(2_900_000));
    expect((await lambda.invoke('echo', payload)).payload === payload).toBe(true);
  });

  it('answers null where the handler returns nothing', async () => {
    const lambda = await lambdaWithProbe('nothing');
    expect((await lambda.invoke('nothing', '{}')).payload).toBe('null');
  });

  it('sets the trace header for one invocation and deletes it for the next', async () => {
    const lambda = await lambdaWithProbe('traceHeader');
    const traced = await lambda.invoke('traceHeader', '{}', { traceHeader: TRACE });
    expect(JSON.parse(traced.payload)).toEqual({ value: TRACE, present: true });
    expect(traced.traceHeader).toBe(TRACE);
    expect(JSON.parse((await lambda.invoke('traceHeader', '{}')).payload)).toEqual({ value: null, present: false });
  });

  it('describes what the handler threw, and logs it', async () => {
    const lambda = await lambdaWithProbe('fails');
    const result = await lambda.invoke('fails', '{}');
    expect(result.functionError).toBe('Unhandled');
    const { errorType, errorMessage, trace } = JSON.parse(result.payload);
    expect({ errorType, errorMessage }).toEqual({ errorType: 'DialError', errorMessage: 'line busy' });
    expect(trace[0]).toBe('DialError: line busy');
    expect(trace[1]).toContain('at fails');
    expect(result.error).toMatchObject({ errorType, errorMessage, trace });
    const cause = JSON.parse(result.error?.xrayCause ?? '{}');
    expect(cause.exceptions[0]).toMatchObject({ type: 'DialError', message: 'line busy' });
    expect(cause.exceptions[0].stack[0]).toMatchObject({ label: 'fails' });
    const [line] = lambda.messages('stdout');
    expect(line).toContain(`\t${result.requestId}\tERROR\tInvoke Error \t{"errorType":"DialError",`);
    expect(line).toContain('"code":486');
  });

  it.each([10_000, 600_000])('describes an error whatever the length of its message: %i', async (characters) => {
    const lambda = await lambdaWithProbe('failsAtLength');
    const { error } = await lambda.invoke('failsAtLength', JSON.stringify({ characters }));
    expect(error).toMatchObject({ errorType: 'RangeError', errorMessage: 'é'.repeat(characters) });
    expect(error?.xrayCause === undefined).toBe(characters === 600_000);
  });

  it('describes a thrown value that is no Error by its type', async () => {
    const lambda = await lambdaWithProbe('throwsText');
    const { payload } = await lambda.invoke('throwsText', '{}');
    expect(JSON.parse(payload)).toEqual({ errorType: 'string', errorMessage: 'just text', trace: [] });
  });

  it('fails where the response is no JSON', async () => {
    const lambda = await lambdaWithProbe('unserializable');
    const { error } = await lambda.invoke('unserializable', '{}');
    expect(error).toMatchObject({
      errorType: callbackStyle ? 'Error' : 'Runtime.JSONStringifyError',
      errorMessage: 'Unable to stringify response body',
    });
  });

  it('refuses a response over 6 MB, and the environment lives on', async () => {
    const lambda = await lambdaWithProbe('tooMuch', { timeoutMs: 20_000 });
    const first = await lambda.invoke('tooMuch', '{}');
    expect(first.error?.errorType).toBe('Function.ResponseSizeTooLarge');
    expect((await lambda.invoke('tooMuch', '{}')).coldStart).toBe(false);
  });

  it('of an unknown function is refused with the names that exist', async () => {
    const lambda = await lambdaWithProbe('nothing');
    await expect(lambda.invoke('something', '{}')).rejects.toThrow(
      'Function not found: something; defined are nothing',
    );
  });
});

describe.runIf(callbackStyle)('callback-style handlers, up to Node 22', () => {
  it('answer by their third parameter', async () => {
    const lambda = await lambdaWithProbe('calledBack');
    expect((await lambda.invoke('calledBack', '7')).payload).toBe('{"event":7}');
    expect((await lambda.invoke('calledBack', '8')).payload).toBe('{"event":8}');
  });

  it('fail by their third parameter', async () => {
    const lambda = await lambdaWithProbe('calledBackWithError');
    expect((await lambda.invoke('calledBackWithError', '{}')).error).toMatchObject({ errorType: 'DialError' });
  });

  it('wait for an empty event loop unless told otherwise', async () => {
    const lambda = await lambdaWithProbe('calledBackEarly', { timeoutMs: 500 });
    expect((await lambda.invoke('calledBackEarly', '{"wait":false}')).payload).toBe('"early"');
    expect(await lambda.invoke('calledBackEarly', '{"wait":true}')).toMatchObject({ timedOut: true });
  });

  it('answer null when the event loop runs empty with nothing said', async () => {
    const lambda = await lambdaWith([
      { name: 'plainReturn', entry: fixture('probes.ts'), handler: 'plainReturn' },
      { name: 'stalls', entry: fixture('probes.ts'), handler: 'stalls' },
    ]);
    expect((await lambda.invoke('plainReturn', '{}')).payload).toBe('null');
    expect((await lambda.invoke('stalls', '{}')).payload).toBe('null');
    expect(await lambda.invoke('stalls', '{}')).toMatchObject({ payload: 'null', coldStart: false });
  });
});

describe.runIf(!callbackStyle)('handlers from Node 24 on', () => {
  it('are refused where they take a callback', async () => {
    const lambda = await lambdaWithProbe('calledBack');
    expect((await lambda.invoke('calledBack', '7')).error?.errorType).toBe('Runtime.CallbackHandlerDeprecated');
  });

  it('may return a plain value', async () => {
    const lambda = await lambdaWithProbe('plainReturn');
    expect((await lambda.invoke('plainReturn', '{}')).payload).toBe('"returned"');
  });

  it('end the process when the event loop runs empty with nothing said', async () => {
    const lambda = await lambdaWithProbe('stalls');
    expect((await lambda.invoke('stalls', '{}')).error?.errorMessage).toContain(
      'Runtime exited without providing a reason',
    );
  });
});

describe('streamed responses', () => {
  it('are put together for the caller', async () => {
    const lambda = await lambdaWith([
      { name: 'pieces', entry: fixture('streaming.ts'), handler: 'pieces' },
      { name: 'http', entry: fixture('streaming.ts'), handler: 'http' },
    ]);
    expect((await lambda.invoke('pieces', '{}')).payload).toBe('one two');
    expect((await lambda.invoke('pieces', '{}')).payload).toBe('one two');
    expect((await lambda.invoke('http', '{}')).payload).toBe(`{"statusCode":201}${'\0'.repeat(8)}made`);
  });

  it('fail where they break off', async () => {
    const lambda = await lambdaWith([{ name: 'breaks', entry: fixture('streaming.ts'), handler: 'breaks' }]);
    expect((await lambda.invoke('breaks', '{}')).error).toMatchObject({ errorType: 'Error', errorMessage: 'cut off' });
  });
});
