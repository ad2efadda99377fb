import { renderEmf } from '@voice-campaign/metrics-schema';
import { expect, test } from 'vitest';
import { compare } from '../../src/demo/compare.ts';
import { type LogLine, readReported } from '../../src/demo/reported.ts';
import { countProblems } from '../../src/demo/result.ts';

/** The EMF line of one call, as the dialer-worker writes it. */
function lineOf(callId: string, values: Readonly<Record<string, number>>, requestId = 'request-1'): LogLine {
  const metrics = Object.keys(values).map((name) => ({ name, unit: 'Count', resolution: 60 }) as const);
  const message = renderEmf({
    timestamp: 1,
    directives: [{ namespace: 'voice-campaign/demo', dimensions: [[]], metrics }],
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { values: [value] }])),
    dimensions: {},
    properties: { callId },
  });
  return { message, requestId };
}

const truth = { TotalCalls: 2, AnsweredCalls: 1, BusyCalls: 1, NoAnswerCalls: 0, FailedCalls: 0, DialAttempts: 3 };
const lines = [
  lineOf('a', { TotalCalls: 1, AnsweredCalls: 1, DialAttempts: 1 }),
  { message: '{"level":"INFO","message":"dialled"}' },
  lineOf('b', { TotalCalls: 1, BusyCalls: 1, DialAttempts: 2 }),
];

test('finds no difference where every call was reported once', () => {
  const comparison = compare(readReported(lines), truth);
  expect(comparison.rows.filter(({ differs }) => differs)).toEqual([]);
  expect(comparison).toMatchObject({ duplicates: [], unaccounted: 0 });
  expect(comparison.rates).toContainEqual({ rate: 'AnswerRate', value: 50, unit: '%' });
});

test('names each count that differs, and calls without an outcome', () => {
  const comparison = compare(readReported([lines[0]!, lineOf('b', { TotalCalls: 1, DialAttempts: 1 })]), truth);
  expect(countProblems(comparison)).toEqual([
    'BusyCalls: 0 reported, 1 true',
    'DialAttempts: 2 reported, 3 true',
    '1 of TotalCalls have no outcome or several',
  ]);
});

test('lists by call what was written again, and compares without it', () => {
  const comparison = compare(readReported([...lines, { ...lines[0]!, requestId: 'request-2' }]), truth);
  expect(countProblems(comparison)).toEqual([]);
  expect(comparison.rows[0]).toEqual({ metric: 'TotalCalls', reported: 3, duplicated: 1, truth: 2, differs: false });
  expect(comparison.duplicates).toEqual([
    { callId: 'a', metrics: ['AnsweredCalls', 'DialAttempts', 'TotalCalls'], times: 2 },
  ]);
});

test('a repeated sample does not make up for a missing one', () => {
  const comparison = compare(readReported([lines[0]!, lines[0]!]), { TotalCalls: 2 });
  expect(comparison.rows[0]).toMatchObject({ reported: 2, duplicated: 1, differs: true });
});

test('says what CloudWatch would reject', () => {
  const { issues } = readReported([{ message: '{"_aws":{"Timestamp":"now","CloudWatchMetrics":[]}}' }]);
  expect(issues).toEqual([expect.stringContaining('wrong-type')]);
});
