import { Encoder } from 'cbor-x';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/server/http-message.ts';
import { dispatchService } from '../../../src/service-api/dispatch.ts';
import {
  type Input,
  readBoolean,
  readNumber,
  readNumbers,
  readObject,
  readObjects,
  readString,
  readTimestamp,
} from '../../../src/service-api/input.ts';
import type { Service } from '../../../src/service-api/service.ts';
import { ServiceError } from '../../../src/service-api/service-error.ts';

const cbor = new Encoder({ useRecords: false, mapsAsObjects: true });
const at = new Date('2026-11-23T20:00:00.250Z');

/** Says back what it read, as each kind of member. */
const echo = (input: Input) => ({
  Name: readString(input, 'Name'),
  Value: readNumber(input, 'Value'),
  Enabled: readBoolean(input, 'Enabled'),
  At: new Date(readTimestamp(input, 'At') ?? 0),
  Values: readNumbers(input, 'Values'),
  Dimensions: readObjects(input, 'Dimensions').map((dimension) => ({ Name: readString(dimension, 'Name') })),
  Attributes: new Map(Object.entries(readObject(input, 'Attributes'))),
});

const service: Service = {
  signingName: 'test',
  targetPrefix: 'Test_20100801',
  query: { version: '2010-08-01', xmlNamespace: 'http://test/doc/' },
  rest: [{ method: 'POST', path: '/things/{Name}/echo', operation: 'Echo' }],
  maximumBodyBytes: 10_000,
  doubles: new Set(['Double', 'Doubles']),
  operations: {
    Echo: echo,
    Forget: () => undefined,
    Fail: () => {
      throw new ServiceError('com.amazonaws.test#NotThereException', 'NotThere', 'is not there', 404, { hint: ['x'] });
    },
    Break: () => {
      throw new TypeError('a defect');
    },
    Silent: () => {
      throw new ServiceError('com.amazonaws.test#NotThere', 'NotThere', '', 404);
    },
    Numbers: () => ({ Count: 3, Double: 3, Doubles: [1, 2.5, -4], Whole: [1, 2], At: new Date(1000) }),
  },
};

const send = async (request: Partial<HttpRequest>) => {
  const warnings: string[] = [];
  const full = { method: 'POST', url: '/', headers: [], body: new Uint8Array(), sourceIp: '127.0.0.1', ...request };
  const reply = await dispatchService(
    { services: [service], warn: (message) => warnings.push(message) },
    full,
    new AbortController().signal,
  );
  return reply && { ...reply, headers: Object.fromEntries(reply.headers), warnings };
};

const queryMode = ['x-amzn-query-mode', 'true'] as const;

const json = (operation: string, body: string, type = 'application/x-amz-json-1.0', ...more: [string, string][]) =>
  send({
    headers: [['X-Amz-Target', `Test_20100801.${operation}`], ['Content-Type', type], ...more],
    body: Buffer.from(body),
  });
const overCbor = (operation: string, body: Uint8Array) =>
  send({
    url: `/service/Test_20100801/operation/${operation}`,
    headers: [['smithy-protocol', 'rpc-v2-cbor']],
    body,
  });
const form = (body: string) =>
  send({ headers: [['content-type', 'application/x-www-form-urlencoded; charset=utf-8']], body: Buffer.from(body) });
const text = (reply: { body: string | Uint8Array } | undefined) => String(reply?.body);

const members = {
  Name: 'a',
  Value: 1.5,
  Enabled: false,
  Values: [1, 2],
  Dimensions: [{ Name: 'd' }],
  Attributes: { k: 'v' },
};

describe('the same call in every protocol', () => {
  it('is answered in AWS JSON with epoch seconds', async () => {
    const reply = await json('Echo', JSON.stringify({ ...members, At: at.getTime() / 1000 }));
    expect(reply?.status).toBe(200);
    expect(JSON.parse(text(reply))).toEqual({ ...members, At: 1795464000.25 });
  });

  it('is answered in CBOR with tag 1', async () => {
    const reply = await overCbor('Echo', cbor.encode({ ...members, At: at }));
    expect(reply?.headers).toMatchObject({ 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' });
    expect(cbor.decode(reply?.body as Uint8Array)).toEqual({ ...members, At: at });
  });

  it('is answered in XML with ISO 8601, members and entries', async () => {
    const reply = await form(
      'Action=Echo&Version=2010-08-01&Name=a&Value=1.5&Enabled=false&At=2026-11-23T20%3A00%3A00.250Z' +
        '&Values.member.1=1&Values.member.2=2&Dimensions.member.1.Name=d&Attributes.entry.1.key=k&Attributes.entry.1.value=v',
    );
    expect(text(reply)).toMatch(
      /^<EchoResponse xmlns="http:\/\/test\/doc\/"><EchoResult><Name>a<\/Name><Value>1.5<\/Value><Enabled>false<\/Enabled><At>2026-11-23T20:00:00.250Z<\/At><Values><member>1<\/member><member>2<\/member><\/Values><Dimensions><member><Name>d<\/Name><\/member><\/Dimensions><Attributes><entry><key>k<\/key><value>v<\/value><\/entry><\/Attributes><\/EchoResult><ResponseMetadata><RequestId>[\da-f-]{36}<\/RequestId><\/ResponseMetadata><\/EchoResponse>$/,
    );
  });

  it('is read from the URL of a form, with what its body has', async () => {
    const type = [['content-type', 'application/x-www-form-urlencoded']] as const;
    const url = '/?Action=Echo&Version=2010-08-01&Name=a&Value=1';
    expect(text(await send({ url, headers: type }))).toContain('<Name>a</Name><Value>1</Value>');
    expect(text(await send({ url, headers: type, body: Buffer.from('Value=2') }))).toContain('<Value>2</Value>');
  });

  it('is read from a link that says neither version nor service', async () => {
    expect(text(await send({ method: 'GET', url: '/?Action=Echo&Name=a:b' }))).toContain('<Name>a:b</Name>');
    expect((await send({ method: 'GET', url: '/?Action=Unheard' }))?.status).toBe(404);
  });

  it('is answered in XML without a result where the operation has none', async () => {
    expect(text(await form('Action=Forget&Version=2010-08-01'))).toMatch(
      /^<ForgetResponse xmlns="http:\/\/test\/doc\/"><ResponseMetadata><RequestId>[\da-f-]{36}<\/RequestId><\/ResponseMetadata><\/ForgetResponse>$/,
    );
  });

  it('is answered as REST with members of the path', async () => {
    const reply = await send({ url: '/things/a%20b/echo', body: Buffer.from('{"Value":2}') });
    expect(JSON.parse(text(reply))).toMatchObject({ Name: 'a b', Value: 2 });
  });
});

describe('a double that is whole', () => {
  it('has a point in JSON, and so have seconds; whole numbers have none', async () => {
    expect(text(await json('Numbers', '{}'))).toBe(
      '{"Count":3,"Double":3.0,"Doubles":[1.0,2.5,-4.0],"Whole":[1,2],"At":1.0}',
    );
  });

  it('has a point in XML', async () => {
    expect(text(await form('Action=Numbers&Version=2010-08-01'))).toContain(
      '<Count>3</Count><Double>3.0</Double><Doubles><member>1.0</member><member>2.5</member><member>-4.0</member></Doubles><Whole><member>1</member><member>2</member></Whole><At>1970-01-01T00:00:01Z</At>',
    );
  });

  it('is a double in CBOR, as clients of typed languages need it, and so are seconds', async () => {
    const bytes = Buffer.from((await overCbor('Numbers', cbor.encode({})))?.body as Uint8Array).toString('hex');
    const key = (name: string) => Buffer.from(name).toString('hex');
    expect(bytes).toContain(`${key('Count')}03`);
    expect(bytes).toContain(`${key('Double')}fb4008000000000000`);
    expect(bytes).toContain(`${key('Doubles')}83fb3ff0000000000000fb4004000000000000fbc010000000000000`);
    expect(bytes).toContain(`${key('Whole')}820102`);
    expect(bytes).toContain(`${key('At')}c1fb3ff0000000000000`);
  });
});

describe('a number that is spelled as text', () => {
  it('is one in the Query protocol alone', async () => {
    expect(JSON.parse(text(await json('Echo', '{"Value":"1.5"}')))).toMatchObject({ message: 'Value is not a number' });
  });

  it('keeps a name of digits a name', async () => {
    expect(text(await form('Action=Echo&Version=2010-08-01&Name=007'))).toContain('<Name>007</Name>');
  });
});

describe('errors', () => {
  it('carry their shape, old code and members in JSON', async () => {
    const reply = await json('Fail', '{}', undefined, [...queryMode]);
    expect(reply?.status).toBe(404);
    expect(reply?.headers['x-amzn-query-error']).toBe('NotThere;Sender');
    expect(JSON.parse(text(reply))).toEqual({
      __type: 'com.amazonaws.test#NotThereException',
      message: 'is not there',
      hint: ['x'],
    });
  });

  it('have the old status for clients that know it, and 400 for others (recorded)', async () => {
    const statusOf = async (reply: Promise<{ readonly status: number } | undefined>) => (await reply)?.status;
    expect(await statusOf(json('Fail', '{}'))).toBe(400);
    expect(await statusOf(overCbor('Fail', cbor.encode({})))).toBe(400);
    expect(await statusOf(form('Action=Fail&Version=2010-08-01'))).toBe(404);
  });

  it('have no message where there is none', async () => {
    const body = { __type: 'com.amazonaws.test#NotThere' };
    expect(JSON.parse(text(await json('Silent', '{}')))).toEqual(body);
    expect(cbor.decode((await overCbor('Silent', cbor.encode({})))?.body as Uint8Array)).toEqual(body);
  });

  it('carry the old code in XML', async () => {
    expect(text(await form('Action=Fail&Version=2010-08-01'))).toContain(
      '<Error><Type>Sender</Type><Code>NotThere</Code><Message>is not there</Message><hint><member>x</member></hint></Error>',
    );
  });

  it('name the operations there are, and leave a line', async () => {
    const reply = await json('Nope', '{}');
    expect(text(reply)).toContain(
      'test:Nope is not emulated: test has Echo, Forget, Fail, Break, Silent, Numbers here',
    );
    expect(reply?.warnings).toHaveLength(1);
  });

  it('never name what an object inherits an operation', async () => {
    expect(text(await json('constructor', '{}'))).toContain('test:constructor is not emulated');
  });

  it('say where the emulator itself is at fault', async () => {
    const reply = await json('Break', '{}');
    expect(reply?.status).toBe(500);
    expect(reply?.warnings[0]).toContain('a defect');
  });

  it('refuse a body that is longer than the service takes', async () => {
    expect((await json('Echo', JSON.stringify({ Name: 'x'.repeat(10_000) })))?.status).toBe(413);
  });

  it('name a service that is not emulated', async () => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=AK/20261123/us-east-1/kinesis/aws4_request, SignedHeaders=host';
    const reply = await send({ url: '/streams', headers: [['authorization', authorization]] });
    expect(text(reply)).toContain('kinesis POST /streams is not emulated');
  });
});

it('leaves requests to the REST API alone, signed for it or not', async () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=AK/20261123/us-east-1/execute-api/aws4_request';
  expect(await send({ url: '/local/calls' })).toBeUndefined();
  expect(await send({ url: '/local/calls', headers: [['authorization', authorization]] })).toBeUndefined();
});

describe('bodies of any bytes', () => {
  const isAnError = (reply: Awaited<ReturnType<typeof send>>) => {
    expect(reply?.status === 200 || reply?.status === 400).toBe(true);
  };
  it('are answered in JSON', () =>
    fc.assert(fc.asyncProperty(fc.string(), async (body) => isAnError(await json('Echo', body)))));
  it('are answered in CBOR', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (body) => isAnError(await overCbor('Echo', body))),
      { numRuns: 1000 },
    ));
  it('are answered in XML', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.stringMatching(/^[A-Z]\w*(\.(member|entry|\d+|key|Name|__proto__))*$/), fc.string())),
        async (pairs) => isAnError(await form(`Action=Echo&Version=2010-08-01&${new URLSearchParams(pairs)}`)),
      ),
    ));
  it.each([
    ['a number of thousands of digits', 2],
    ['a regular expression', 27],
    ['a reference', 29],
  ])('are refused where they hold %s: no member needs that tag', async (_, tag) => {
    const bytes = [0xa1, 0x61, 0x61, ...(tag < 24 ? [0xc0 | tag] : [0xd8, tag]), 0x59, 0x20, 0x00];
    const reply = await overCbor('Echo', Uint8Array.from([...bytes, ...new Uint8Array(0x2000).fill(0xff)]));
    expect(reply?.status).toBe(400);
    expect(cbor.decode(reply?.body as Uint8Array).__type).toContain('SerializationException');
  });

  it('promise no more than they hold: lengths in CBOR cost nothing', async () => {
    for (const claim of [
      [0x9b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff],
      [0x9a, 0x7f, 0xff, 0xff, 0xff],
      [0x5b, 0, 0, 1],
    ]) {
      isAnError(await overCbor('Echo', Uint8Array.from(claim)));
    }
    isAnError(await overCbor('Echo', new Uint8Array(9000).fill(0x81)));
  });
});
