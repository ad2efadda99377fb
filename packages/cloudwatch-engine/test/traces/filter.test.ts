import {
  matchTrace,
  parseTraceFilter,
  printTraceFilter,
  type TraceFilter,
  TraceFilterError,
  traceViewOf,
} from '@voice-campaign/cloudwatch-engine/traces';
import type { SegmentDocument } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const traceId = '1-5f84c7a1-aaaaaaaaaaaaaaaaaaaaaaaa';
const documents: SegmentDocument[] = [
  {
    id: 'a000000000000001',
    trace_id: traceId,
    name: 'voice/prod',
    origin: 'AWS::ApiGateway::Stage',
    start_time: 100,
    end_time: 106,
    error: true,
    http: { request: { method: 'POST', url: 'https://api.example.com/calls/7/keypress' }, response: { status: 429 } },
    subsegments: [{ id: 'a000000000000002', name: 'Lambda', start_time: 100.5, end_time: 105, namespace: 'aws' }],
  },
  {
    id: 'b000000000000001',
    trace_id: traceId,
    parent_id: 'a000000000000002',
    name: 'api-handler',
    origin: 'AWS::Lambda::Function',
    start_time: 101,
    end_time: 104,
    fault: true,
    user: 'agent-7',
    aws: { account_id: '123456789012' },
    cause: { exceptions: [{ id: 'e000000000000001', message: 'no trunk to +49' }] },
    subsegments: [
      {
        id: 'b000000000000002',
        name: '## index.handler',
        start_time: 101,
        end_time: 104,
        annotations: { campaignId: 'c-17', attempt: 3, optedOut: true },
        subsegments: [
          {
            id: 'b000000000000003',
            name: 'DynamoDB',
            namespace: 'aws',
            start_time: 102,
            end_time: 103,
            throttle: true,
          },
          { id: 'b000000000000004', name: 'tts.example.com', namespace: 'remote', start_time: 103, end_time: 103.5 },
        ],
      },
    ],
  },
];
const view = traceViewOf({ id: traceId, documents });
const finds = (expression: string) => matchTrace(parseTraceFilter(expression), view);

describe('a filter finds the trace', () => {
  it.each([
    // The examples of the developer guide, Using filter expressions, in this trace's names.
    ['error', true],
    ['fault', false],
    ['!fault', true],
    ['throttle OR error', true],
    ['responsetime > 5', true],
    ['responsetime > 5 AND duration <= 6', true],
    ['duration >= 5 AND duration <= 8', true],
    ['http.status = 429', true],
    ['http.status != 200', true],
    ['http.url CONTAINS "/keypress"', true],
    ['http.url BEGINSWITH "https://api" AND !(http.url ENDSWITH "keypress")', false],
    ['http.method = "post"', false],
    ['user = "agent-7"', true],
    ['user', true],
    ['http.useragent', false],
    ['message CONTAINS "no trunk"', true],
    ['annotation.campaignId = "c-17"', true],
    ['annotation[campaignId] = "c-18"', false],
    ['annotation.attempt > 2', true],
    ['annotation.attempt > "2"', 'compares numbers'],
    ['annotation.optedOut = true', true],
    ['annotation.nothing != "x"', true],
    ['service("api-handler")', true],
    ['service("api-handler") { fault }', true],
    ['service("api-handler") { ok }', false],
    ['service() { fault }', true],
    ['service("DynamoDB") { throttle AND inferred }', true],
    ['service("voice/prod") { root }', true],
    ['service("nobody")', false],
    ['!service("nobody")', true],
    ['service(id(name: "api-handler", type: "AWS::Lambda::Function", account.id: "123456789012"))', true],
    ['service(id(type: "AWS::DynamoDB::Table"))', true],
    ['service("api-handler") { annotation.attempt = 3 }', true],
    ['service("voice/prod") { annotation.attempt = 3 }', false],
    ['edge("voice/prod", "api-handler")', true],
    ['edge("voice/prod", "api-handler") { fault }', true],
    ['edge("api-handler", service("DynamoDB")) { throttle }', true],
    ['edge("api-handler", "voice/prod")', false],
    ['error AND fault OR throttle', false],
    // Of the guide's page on filter expressions as it was in 2018.
    ['error !partial duration <7', true],
    ['ok !partial duration <7', false],
    ['fault OR error duration < 7', true],
    ['root', true],
    ['inferred', true],
    ['name = "api-handler"', true],
    ['name = "nobody"', false],
    ['type = "AWS::Lambda::Function"', true],
    ['service("DynamoDB") { name = "api-handler" }', false],
    ['error OR fault AND throttle', true],
  ])('%s: %s', (expression, found) => {
    if (typeof found === 'string') expect(() => finds(expression)).toThrow(found);
    else expect(finds(expression)).toBe(found);
  });
});

describe('a filter that X-Ray cannot read', () => {
  it.each([
    ['', 'the expression ends where a keyword, service(), edge(), ! or ( is expected (at character 1)'],
    ['fault AND', 'the expression ends where a keyword'],
    ['fault "fault"', 'fault stands where AND, OR or the end is expected (at character 7)'],
    ['fault OR', 'the expression ends where a keyword'],
    ['speed > 3', 'speed is no keyword: use ok, error'],
    ['duration', 'the expression ends where = != < > <= >= after duration is expected'],
    ['duration > "5"', 'duration is a number'],
    ['http.url > "5"', 'http.url is a text'],
    ['fault = 3', 'fault is a flag'],
    ['user = "x', 'the text has no closing quote (at character 8)'],
    ['(fault', 'the expression ends where ) is expected'],
    ['edge("a")', ') stands where , is expected'],
    ['service(id(color: "red"))', 'color stands where name, type or account.id is expected'],
    ['rootcause.fault.service { name = "x" }', 'is a keyword of X-Ray that is not emulated'],
    ['fault; drop', '; is unexpected'],
    [`${'('.repeat(200)}fault`, 'nested deeper than 100'],
    [`fault${' OR fault'.repeat(300)}`, 'X-Ray takes 2000'],
  ])('%s is told so', (expression, message) => {
    expect(() => parseTraceFilter(expression)).toThrow(message);
  });
});

const text = fc.string({ maxLength: 8 });
const id = fc.record({ name: text, type: text }, { requiredKeys: [] });
const filters = fc.letrec<{ filter: TraceFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<TraceFilter>(
      { kind: 'present', keyword: { kind: 'flag', name: 'fault' } },
      { kind: 'present', keyword: { kind: 'text', name: 'user' } },
    ),
    fc.record({
      kind: fc.constant('compare' as const),
      keyword: fc.constant({ kind: 'text' as const, name: 'http.url' as const }),
      operator: fc.constantFrom('=' as const, '!=' as const, 'CONTAINS' as const),
      value: text,
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      keyword: fc.record({ kind: fc.constant('annotation' as const), name: fc.stringMatching(/^[A-Za-z_]\w{0,5}$/) }),
      operator: fc.constantFrom('<' as const, '>=' as const, '=' as const),
      value: fc.integer({ min: -1000, max: 1000 }),
    }),
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('filter'), right: tie('filter') }),
    fc.record({ kind: fc.constant('not' as const), filter: tie('filter') }),
    fc.record({ kind: fc.constant('service' as const), id, filter: tie('filter') }, { requiredKeys: ['kind', 'id'] }),
    fc.record(
      { kind: fc.constant('edge' as const), from: id, to: id, filter: tie('filter') },
      { requiredKeys: ['kind', 'from', 'to'] },
    ),
  ),
})).filter;

it('reads back what it prints', () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const printed = printTraceFilter(filter);
      fc.pre(printed.length <= 2000);
      expect(parseTraceFilter(printed)).toEqual(filter);
    }),
    { numRuns: 500 },
  );
});

it('answers any text with a filter or with what is wrong', () => {
  const pieces = fc.constantFrom(
    'fault',
    'service',
    'edge',
    '(',
    ')',
    '{',
    '}',
    '"a"',
    ',',
    '!',
    'AND',
    '=',
    '3',
    'id',
    ':',
  );
  const expressions = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(expressions, (expression) => {
      try {
        matchTrace(parseTraceFilter(expression), view);
      } catch (error) {
        expect(error).toBeInstanceOf(TraceFilterError);
      }
    }),
    { numRuns: 2000 },
  );
});
