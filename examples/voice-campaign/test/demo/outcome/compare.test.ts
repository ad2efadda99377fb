import { expect, test } from 'vitest';
import { compare } from '../../../src/demo/outcome/compare.ts';
import { type ReportedSample, readReported } from '../../../src/demo/outcome/reported.ts';
import { countProblems } from '../../../src/demo/outcome/result.ts';

/** What the dialer-worker reports of one call. */
function samplesOf(callId: string, values: Readonly<Record<string, number>>): ReportedSample[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    count: 1,
    dimensions: {},
    properties: { callId },
  }));
}

const truth = { TotalCalls: 2, AnsweredCalls: 1, BusyCalls: 1, NoAnswerCalls: 0, FailedCalls: 0, DialAttempts: 3 };
const a = samplesOf('a', { TotalCalls: 1, AnsweredCalls: 1, DialAttempts: 1 });
const b = samplesOf('b', { TotalCalls: 1, BusyCalls: 1, DialAttempts: 2 });

test('finds no difference where every call was reported once', () => {
  const comparison = compare(readReported([...a, ...b]), truth);
  expect(comparison.rows.filter(({ differs }) => differs)).toEqual([]);
  expect(comparison).toMatchObject({ duplicates: [], unaccounted: 0 });
  expect(comparison.rates).toContainEqual({ rate: 'AnswerRate', value: 50, unit: '%' });
});

test('names each count that differs, and calls without an outcome', () => {
  const comparison = compare(readReported([...a, ...samplesOf('b', { TotalCalls: 1, DialAttempts: 1 })]), truth);
  expect(countProblems(comparison)).toEqual([
    'BusyCalls: 0 reported, 1 true',
    'DialAttempts: 2 reported, 3 true',
    '1 of TotalCalls have no outcome or several',
  ]);
});

test('lists by call what was written again, and compares without it', () => {
  const comparison = compare(readReported([...a, ...b, ...a]), truth);
  expect(countProblems(comparison)).toEqual([]);
  expect(comparison.rows[0]).toEqual({ metric: 'TotalCalls', reported: 3, duplicated: 1, truth: 2, differs: false });
  expect(comparison.duplicates).toEqual([{ callId: 'a', metrics: ['TotalCalls', 'AnsweredCalls', 'DialAttempts'] }]);
});

test('a repeated sample does not make up for a missing one', () => {
  const comparison = compare(readReported([...a, ...a]), { TotalCalls: 2 });
  expect(comparison.rows[0]).toMatchObject({ reported: 2, duplicated: 1, differs: true });
});

test('compares the peak of a gauge, and counters in their dimensionless series only', () => {
  const sample = { value: 1, count: 1, properties: {} };
  const spring = { ...sample, name: 'CampaignContactsDone', dimensions: { CampaignId: 'spring' } };
  const samples = [
    { ...spring, value: 4 },
    { ...spring, value: 3 },
    { ...sample, name: 'TtsRequests', dimensions: {} },
    { ...sample, name: 'TtsRequests', dimensions: { Provider: 'polly' } },
  ];
  const { rows } = compare(readReported(samples), { CampaignContactsDone: 4, TtsRequests: 1 });
  expect(rows.map(({ reported, differs }) => ({ reported, differs }))).toEqual([
    { reported: 4, differs: false },
    { reported: 1, differs: false },
  ]);
});
