import { readFileSync } from 'node:fs';
import {
  type IndependentSubsegment,
  renderSegment,
  type SegmentDocument,
  type SubsegmentDocument,
  validateSegment,
} from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const fixture = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/xray/${file}`, import.meta.url), 'utf8'));
const written = (document: unknown) => validateSegment(document).map(({ code, at }) => `${code} ${at}`.trim());

const segment: SegmentDocument = {
  name: 'dialer-worker',
  id: '70de5b6f19ff9a0a',
  trace_id: '1-581cf771-a006649127e371903a2de979',
  start_time: 1478293361.271,
  end_time: 1478293361.449,
};
const dial: SubsegmentDocument = {
  name: 'dial <carrier>',
  id: '53995c3f42cd8ad8',
  start_time: 1478293361.3,
  end_time: 1478293361.4,
  namespace: 'remote',
  http: {
    request: { method: 'POST', url: 'https://carrier.example/calls', traced: true },
    response: { status: 201, content_length: -1 },
  },
  sql: { url: 'postgresql://db:5432/calls', preparation: 'statement', sanitized_query: 'SELECT 1' },
  precursor_ids: ['53995c3f42cd8ad9'],
};
const full: SegmentDocument = {
  ...segment,
  origin: 'AWS::Lambda::Function',
  user: 'operator',
  service: { version: '1' },
  http: { request: { client_ip: '192.0.2.1', x_forwarded_for: true } },
  aws: { account_id: '123456789012', ec2: { instance_id: 'i-0' }, elastic_beanstalk: { deployment_id: 4 } },
  annotations: { campaignId: 'spring', attempt: 2, redelivered: false },
  metadata: { call: { outcome: { busy: true } } },
  error: true,
  throttle: true,
  fault: true,
  cause: {
    working_directory: '/var/task',
    paths: ['node_modules/left'],
    exceptions: [
      {
        id: 'aaaaaaaaaaaaaaa1',
        message: 'busy',
        type: 'Error',
        remote: true,
        truncated: 3,
        skipped: 0,
        cause: 'aaaaaaaaaaaaaaa2',
        stack: [{ path: 'dial.ts', line: 7, label: 'dial' }],
      },
    ],
  },
  subsegments: [dial],
};
const alone: IndependentSubsegment = {
  ...dial,
  name: 'dial',
  type: 'subsegment',
  trace_id: segment.trace_id,
  parent_id: segment.id,
};

describe('a document without issues', () => {
  it.each([
    ['the least of a segment', segment],
    ['a segment in progress', { ...segment, end_time: undefined, in_progress: true }],
    ['a segment with every block', full],
    ['a subsegment sent by itself', alone],
    ['the id of an exception as its cause', { ...segment, cause: 'aaaaaaaaaaaaaaa1' }],
    ['a name in any script, with every symbol', { ...segment, name: 'Zürich 電話_.:/%&#=+-@' }],
    ['members that X-Ray does not know', { ...segment, inferred: true, aws: { xray: { sdk: 'own' } } }],
  ])('is %s', (_, document) => {
    expect(validateSegment(document)).toEqual([]);
  });

  it.each([
    '05-aws-xray-developer-guide-xray-api-gettingdata.json',
    '07-aws-xray-developer-guide-xray-api-gettingdata.json',
    '09-aws-xray-developer-guide-xray-api-segmentdocuments.json',
    '11-aws-xray-developer-guide-xray-api-segmentdocuments.json',
    '13-aws-xray-developer-guide-xray-api-segmentdocuments.json',
    '17-aws-xray-developer-guide-xray-api-sendingdata.json',
    '21-aws-xray-developer-guide-xray-api-tutorial.json',
  ])('is %s', (file) => {
    expect(validateSegment(fixture(file))).toEqual([]);
  });

  it.each([
    '01-powertools-lambda-typescript-tracer.json',
    '03-powertools-lambda-typescript-advanced_mw_tracer.json',
    '15-aws-xray-developer-guide-xray-api-segmentdocuments.json',
  ])('is %s, inside its segment', (file) => {
    expect(validateSegment({ ...segment, subsegments: [fixture(file)] })).toEqual([]);
    expect(written(fixture(file))).toContain('trace-id trace_id');
  });
});

describe('a segment breaks a rule', () => {
  it.each([
    [{ name: undefined }, ['missing name']],
    [{ name: '' }, ['missing name']],
    [{ name: 'n'.repeat(201) }, ['text-length name']],
    [{ name: 'dial <carrier>' }, ['name-characters name']],
    [{ name: 'a\\b' }, ['name-characters name']],
    [{ id: '70DE5B6F19FF9A0' }, ['entity-id id']],
    [{ id: 'not hexadecimal!' }, ['entity-id id']],
    [{ trace_id: '581cf771a006649127e371903a2de979' }, ['trace-id trace_id']],
    [{ trace_id: undefined }, ['trace-id trace_id']],
    [{ parent_id: 'x' }, ['entity-id parent_id']],
    [{ type: 'segment' }, ['unknown-value type', 'entity-id parent_id']],
    [{ start_time: '1478293361.271' }, ['wrong-type start_time']],
    [{ start_time: undefined }, ['wrong-type start_time']],
    [{ end_time: 1e20 }, ['wrong-type end_time']],
    [{ start_time: 1478293361271, end_time: 1478293361449 }, ['time-unit start_time', 'time-unit end_time']],
    [{ end_time: undefined }, ['end-or-in-progress']],
    [{ in_progress: true }, ['end-or-in-progress']],
    [{ in_progress: false }, []],
    [{ in_progress: 'yes' }, ['wrong-type in_progress']],
    [{ end_time: 1478293361.27 }, ['ends-before-start end_time']],
    [{ error: 1 }, ['wrong-type error']],
    [{ user: 'u'.repeat(251) }, ['text-length user']],
    [{ service: 'v1' }, ['wrong-type service']],
    [{ http: { request: { url: 'u'.repeat(251) } } }, ['text-length http.request.url']],
    [{ http: { response: { status: '200' } } }, ['wrong-type http.response.status']],
    [{ http: { request: { traced: true } } }, ['misplaced http.request.traced']],
    [{ namespace: 'remote' }, ['misplaced namespace']],
    [{ sql: {} }, ['misplaced sql']],
    [{ aws: { request_id: 7 } }, ['wrong-type aws.request_id']],
    [{ aws: [] }, ['wrong-type aws']],
    [{ annotations: { 'bad-key': 1 } }, ['annotation-key annotations.bad-key']],
    [{ annotations: { ключ: 1 } }, ['annotation-key annotations.ключ']],
    [{ annotations: { ['k'.repeat(501)]: 1 } }, [`annotation-key annotations.${'k'.repeat(501)}`]],
    [{ annotations: { list: [1] } }, ['annotation-value annotations.list']],
    [{ annotations: { nan: Number.NaN } }, ['annotation-value annotations.nan']],
    [{ annotations: { long: 'v'.repeat(1001) } }, ['text-length annotations.long']],
    [{ annotations: [] }, ['wrong-type annotations']],
    [{ metadata: { outcome: 'busy' } }, ['wrong-type metadata.outcome']],
    [{ metadata: { 'AWS.own': {} } }, ['reserved-metadata metadata.AWS.own']],
    [{ cause: 'short' }, ['entity-id cause']],
    [{ cause: 7 }, ['wrong-type cause']],
    [{ cause: { exceptions: [{ message: 'busy' }] } }, ['entity-id cause.exceptions[0].id']],
    [
      { cause: { exceptions: [{ id: 'aaaaaaaaaaaaaaa1', stack: [{ line: '7' }] }] } },
      ['wrong-type cause.exceptions[0].stack[0].line'],
    ],
    [{ cause: { paths: 'node_modules' } }, ['wrong-type cause.paths']],
    [{ subsegments: {} }, ['wrong-type subsegments']],
    [{ subsegments: [7] }, ['wrong-type subsegments[0]']],
  ])('with %j', (members, expected) => {
    expect(written({ ...segment, ...members })).toEqual(expected);
  });

  it.each([
    [{ name: 'n'.repeat(251) }, ['text-length subsegments[0].name']],
    [{ id: segment.id }, ['duplicate-id subsegments[0].id']],
    [{ end_time: undefined }, ['end-or-in-progress subsegments[0]']],
    [{ namespace: 'elsewhere' }, ['unknown-value subsegments[0].namespace']],
    [{ sql: { preparation: 'prepared' } }, ['unknown-value subsegments[0].sql.preparation']],
    [{ precursor_ids: ['x'] }, ['entity-id subsegments[0].precursor_ids[0]']],
    [{ http: { request: { x_forwarded_for: true } } }, ['misplaced subsegments[0].http.request.x_forwarded_for']],
    [{ user: 'u' }, ['misplaced subsegments[0].user']],
  ])('in a subsegment with %j', (members, expected) => {
    expect(written({ ...segment, subsegments: [{ ...dial, ...members }] })).toEqual(expected);
  });

  it('by a subsegment sent without its parent or trace', () => {
    expect(written({ ...alone, parent_id: undefined })).toEqual(['entity-id parent_id']);
    expect(written({ ...alone, trace_id: undefined })).toEqual(['trace-id trace_id']);
    expect(written({ ...alone, name: 'dial <carrier>' })).toEqual(['name-characters name']);
  });

  it('by a 51st annotation, wherever in the document', () => {
    const annotated = (count: number) => ({
      ...segment,
      annotations: { first: 1 },
      subsegments: [
        { ...dial, annotations: Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, index])) },
      ],
    });
    expect(validateSegment(annotated(49))).toEqual([]);
    expect(validateSegment(annotated(50))).toMatchObject([{ code: 'too-many-annotations', count: 51, limit: 50 }]);
  });

  it('over 64 kB, counted in bytes of UTF-8', () => {
    const padded = (bytes: number) => {
      const empty = renderSegment({ ...segment, metadata: { pad: { pad: '' } } }).length;
      return { ...segment, metadata: { pad: { pad: 'é'.repeat(Math.floor((bytes - empty) / 2)) } } };
    };
    expect(validateSegment(padded(65_536))).toEqual([]);
    expect(validateSegment(padded(65_538))).toMatchObject([{ code: 'document-size', limit: 65_536 }]);
  });
});

describe('validateSegment', () => {
  it('says what is wrong, the limit, and the way out', () => {
    const broken = { ...segment, id: 'x', end_time: undefined, annotations: { 'bad-key': [] } };
    expect(validateSegment(broken).map(({ at, message }) => `${at}: ${message}`)).toMatchInlineSnapshot(`
      [
        "id: "x" is no id: give 16 hexadecimal digits",
        ": needs an end_time, or else in_progress: true: give one of the two",
        "annotations.bad-key: "bad-key" cannot be searched for: use 1 to 500 letters, digits and underscores",
        "annotations.bad-key: is no text, number or boolean, the only values X-Ray indexes: make it metadata",
      ]
    `);
  });

  it('never throws, whatever it is given', () => {
    const members = fc.dictionary(fc.constantFrom(...Object.keys({ ...full, ...alone })), fc.anything());
    fc.assert(fc.property(fc.oneof(fc.anything(), members), (document) => void validateSegment(document)));
    const cycle: Record<string, unknown> = { ...segment };
    cycle.metadata = { self: cycle };
    expect(written(cycle)).toEqual(['not-json']);
    expect(written({ ...segment, metadata: { big: { int: 1n } } })).toEqual(['not-json']);
  });
});

describe('renderSegment', () => {
  it('writes the document as it is, on one line', () => {
    const text = renderSegment(full);
    expect(JSON.parse(text)).toEqual(full);
    expect(text).not.toContain('\n');
  });

  it('takes no document that has neither an end nor is in progress, nor both', () => {
    const { end_time: _, ...open } = segment;
    // @ts-expect-error: neither
    expect(written(JSON.parse(renderSegment(open)))).toEqual(['end-or-in-progress']);
    // @ts-expect-error: both
    expect(written(JSON.parse(renderSegment({ ...segment, in_progress: true })))).toEqual(['end-or-in-progress']);
  });
});
