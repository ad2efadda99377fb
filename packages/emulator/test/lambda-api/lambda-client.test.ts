import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { emulatorWith, errorOf, handlerFile } from '../running-emulator.ts';

const start = async () => {
  const emulator = await emulatorWith({
    warn: () => {},
    functions: [
      { name: 'echo', entry: handlerFile('log-event.ts') },
      { name: 'context', entry: handlerFile('client-context.ts') },
      { name: 'closed', entry: handlerFile('log-event.ts'), reservedConcurrency: 0 },
    ],
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new LambdaClient({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return { emulator, client };
};
const decode = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

it('invokes functions as the real client asks', async () => {
  const { emulator, client } = await start();
  const FunctionName = 'arn:aws:lambda:us-east-1:123456789012:function:echo:$LATEST';
  const answer = await client.send(new InvokeCommand({ FunctionName, Payload: '{"a":1}', LogType: 'Tail' }));
  expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(decode(answer.Payload)).toEqual({ seen: { a: 1 } });
  expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId');

  const failed = await client.send(new InvokeCommand({ FunctionName: 'echo', Payload: '{"fail":true}' }));
  expect(failed.FunctionError).toBe('Unhandled');
  expect(decode(failed.Payload)).toMatchObject({ errorType: 'Error', errorMessage: 'as asked' });

  const event = await client.send(
    new InvokeCommand({ FunctionName: 'echo', InvocationType: 'Event', Payload: '{"b":2}' }),
  );
  expect(event.StatusCode).toBe(202);
  await emulator.idle({ timeoutMs: 10_000 });
  expect(emulator.logs.events({ logGroup: '/aws/lambda/echo' }).some(({ message }) => message === '{"b":2}')).toBe(
    true,
  );

  const dry = await client.send(new InvokeCommand({ FunctionName: 'echo', InvocationType: 'DryRun' }));
  expect(dry.StatusCode).toBe(204);
});

it('gives the last 4 kB of a log, whatever its letters', async () => {
  const { client } = await start();
  const Payload = JSON.stringify('城'.repeat(5000));
  const answer = await client.send(new InvokeCommand({ FunctionName: 'echo', Payload, LogType: 'Tail' }));
  expect(Buffer.from(answer.LogResult ?? '', 'base64')).toHaveLength(4096);
});

it('gives a client context of any letters to functions that somebody waits for', async () => {
  const { emulator, client } = await start();
  const ClientContext = Buffer.from('{\n "custom": { "城市": "Zürich 📞" } }').toString('base64');
  const answer = await client.send(new InvokeCommand({ FunctionName: 'context', ClientContext }));
  expect(decode(answer.Payload)).toEqual({ custom: { 城市: 'Zürich 📞' } });
  const asEvent = { FunctionName: 'context', InvocationType: 'Event', ClientContext } as const;
  expect((await client.send(new InvokeCommand(asEvent))).StatusCode).toBe(202);
  await emulator.idle({ timeoutMs: 10_000 });
  expect(emulator.logs.events({ logGroup: '/aws/lambda/context' }).map(({ message }) => message)).toContain('none');
  await expect(emulator.invoke('context', {}, { clientContext: '{' })).rejects.toThrow('clientContext is to be JSON');
});

it('refuses what Lambda refuses', async () => {
  const { client } = await start();
  const invoke = (FunctionName: string, Payload: string | Uint8Array = '{}', more: Partial<InvokeCommandInput> = {}) =>
    errorOf(client.send(new InvokeCommand({ FunctionName, Payload, ...more })));
  expect(await invoke('nobody')).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody',
  });
  expect((await invoke('closed')).name).toBe('TooManyRequestsException');
  expect((await invoke('echo', '{')).name).toBe('InvalidRequestContentException');
  expect((await invoke('echo', Buffer.from('"\xff"', 'latin1'))).name).toBe('InvalidRequestContentException');
  for (const ClientContext of ['string', btoa('[]'), btoa('{')]) {
    expect(await invoke('echo', '{}', { ClientContext })).toMatchObject({
      name: 'InvalidRequestContentException',
      message: 'Client context must be a valid Base64-encoded JSON object.',
    });
  }
  const ClientContext = btoa(JSON.stringify({ custom: 'x'.repeat(2700) }));
  expect((await invoke('echo', '{}', { ClientContext })).message).toContain('3583');
});
