import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { type HandlerTools, instrument, type TelemetryIssue } from '../../src/index.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

async function logged(work: (log: HandlerTools<typeof voiceCampaign, 'dialer-worker'>['log']) => void) {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const onError = (issue: TelemetryIssue) => void issues.push(issue);
  const options = { sink, namespace: 'voice-campaign/test', onError };
  await instrument(voiceCampaign, 'dialer-worker', (_event: object, { log }) => work(log), options)({}, fakeContext());
  expect(issues).toEqual([]);
  return sink.logs();
}

it('writes an error that is its own cause, and one of many causes, with the first of them', async () => {
  const [own, many] = await logged((log) => {
    const busy = Object.assign(new TypeError('no trunk for +15551234567'), { code: 486 });
    busy.cause = busy;
    log.error('failed', busy);
    let error = new Error('cause 0');
    for (let n = 1; n < 5000; n += 1) error = new Error(`cause ${n}`, { cause: error });
    log.error('failed', { attempt: { error } });
  });
  expect(own).toMatchObject({
    message: 'failed',
    error: {
      name: 'TypeError',
      message: 'no trunk for +1********67',
      code: 486,
      cause: { message: 'no trunk for +1********67' },
    },
  });
  expect(many).toMatchObject({
    attempt: { error: { message: 'cause 4999', cause: { cause: { message: 'cause 4997' } } } },
  });
  expect(JSON.stringify([own, many]).length).toBeLessThan(40_000);
});

it.each([
  [undefined, 'undefined'],
  [null, 'null'],
  [404, '404'],
  [Symbol('odd'), 'Symbol(odd)'],
])('writes %s given as the message', async (message, text) => {
  const [line] = await logged((log) => log.warn(message as never, { attempt: 1 }));
  expect(line).toMatchObject({ level: 'WARN', message: text, attempt: 1 });
});

it('says what was lost of a line that cannot be formatted, masked', async () => {
  const broken = {
    toJSON() {
      throw new Error('cannot read +15551234567');
    },
  };
  const [line] = await logged((log) => log.warn('dialling +15551234567', { broken }));
  expect(line).toEqual({
    level: 'WARN',
    service: 'dialer-worker',
    message: 'dialling +1********67',
    lost: 'the attributes: Error: cannot read +1********67',
  });
});
