import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emfGroupsOf } from '../../../src/page/logs/emf-metrics.ts';

it('says what metrics a line becomes', () => {
  const line = {
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [
        {
          Namespace: 'voice',
          Dimensions: [[], ['Service']],
          Metrics: [{ Name: 'Calls', Unit: 'Count' }, { Name: 'Absent' }],
        },
      ],
    },
    Service: 'dialer',
    Calls: 3,
  };
  expect(emfGroupsOf(JSON.stringify(line))).toEqual([
    { namespace: 'voice', dimensions: ['', 'Service=dialer'], metrics: [{ name: 'Calls', value: '3', unit: 'Count' }] },
  ]);
});

it('takes any text for what it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(emfGroupsOf(text)).toEqual([]);
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(Array.isArray(emfGroupsOf(JSON.stringify({ _aws: { CloudWatchMetrics: value } })))).toBe(true);
    }),
  );
});
