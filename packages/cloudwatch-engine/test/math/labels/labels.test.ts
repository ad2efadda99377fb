import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LABEL_FORMATS } from '../../../src/math/labels/label-formats.ts';
import { parseLabel } from '../../../src/math/labels/label-template.ts';
import { renderLabel } from '../../../src/math/labels/render-label.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

const metric = { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'dialer' } };
const context = {
  label: 'own',
  subject: { label: 'own', metric, stat: 'Sum' },
  points: { timestamps: [1_700_000_040, 1_700_000_100, 1_700_003_640], values: [3, 9.25, -1] },
  periodSeconds: 60,
  now: 1_700_010_000,
  accountId: '123456789012',
  accountLabel: 'production',
  region: 'eu-central-1',
  offsetMinutes: 0,
  formats: DEFAULT_LABEL_FORMATS,
};

const render = (label: string, changes: Partial<typeof context> = {}): string =>
  renderLabel(parseLabel(label), { ...context, ...changes });

describe('dynamic labels', () => {
  it.each([
    ['${AVG}', '3.75'],
    ['${DATAPOINT_COUNT}', '3'],
    ['${FIRST}', '3'],
    ['${FIRST_LAST_RANGE}', '-4'],
    ['${FIRST_LAST_TIME_RANGE}', '1h'],
    ['${FIRST_TIME}', '2023-11-14 22:14 UTC'],
    ['${FIRST_TIME_RELATIVE}', '2h 46m'],
    ['${LABEL}', 'own'],
    ['${LAST}', '-1'],
    ['${LAST_TIME}', '2023-11-14 23:14 UTC'],
    ['${LAST_TIME_RELATIVE}', '1h 46m'],
    ['${MAX}', '9.25'],
    ['${MAX_TIME}', '2023-11-14 22:15 UTC'],
    ['${MAX_TIME_RELATIVE}', '2h 45m'],
    ['${MIN}', '-1'],
    ['${MIN_MAX_RANGE}', '10.25'],
    ['${MIN_MAX_TIME_RANGE}', '59m'],
    ['${MIN_TIME}', '2023-11-14 23:14 UTC'],
    ['${MIN_TIME_RELATIVE}', '1h 46m'],
    ['${SUM}', '11.25'],
    ["${PROP('AccountId')}", '123456789012'],
    ["${PROP('AccountLabel')}", 'production'],
    ["${PROP('Dim.FunctionName')}", 'dialer'],
    ["${PROP('Dim.Resource')}", '--'],
    ["${PROP('MetricName')}", 'Errors'],
    ["${PROP('Namespace')}", 'AWS/Lambda'],
    ["${PROP('Period')}", '60'],
    ["${PROP('Region')}", 'eu-central-1'],
    ["${PROP('Stat')}", 'Sum'],
    ['a ${MAX} b ${ MIN } c', 'a 9.25 b -1 c'],
  ])('%s shows %s', (label, shown) => {
    expect(parseLabel(label).problems).toEqual([]);
    expect(render(label)).toBe(shown);
  });

  it('shows what is not there as --, and no point as none', () => {
    const points = { timestamps: [], values: [] };
    expect(render('${MAX} ${LAST_TIME} ${DATAPOINT_COUNT} ${LABEL}', { points })).toBe('-- -- 0 own');
  });

  it('shows times in the zone asked for', () => {
    expect(render('${LAST_TIME}', { offsetMinutes: 330 })).toBe('2023-11-15 04:44 +0530');
  });

  it('says what CloudWatch would not take', () => {
    expect(parseLabel('${MAX}${MAX}${MAX}${MAX}${MAX}').problems).toEqual([]);
    expect(parseLabel('${MAX}'.repeat(6)).problems).toEqual(['the label has 6 dynamic values, CloudWatch takes 5']);
    expect(parseLabel('${LABEL} ${LABEL}').problems).toEqual([
      'the label has ${LABEL} 2 times, CloudWatch takes it once',
    ]);
    expect(parseLabel("${PROP('Name')}").problems).toEqual([
      "${PROP('Name')} is no dynamic value of a label: there are Dim.<name>, AccountId, AccountLabel, MetricName, Namespace, Period, Region, Stat",
    ]);
  });

  it('reads a label of any length as fast as it is long', () => {
    const label = `\${${' '.repeat(100_000)}`;
    const took = cpuMilliseconds(() => {
      expect(parseLabel(label).parts).toEqual([{ kind: 'text', text: label }]);
      expect(parseLabel('${'.repeat(100_000)).parts).toHaveLength(1);
    });
    expect(took).toBeLessThan(2000);
  });

  it('leaves any text without a dynamic value as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        fc.pre(!label.includes('${'));
        expect(render(label)).toBe(label);
      }),
    );
    expect(render('$${x} ${unknown} ${')).toBe('$${x} ${unknown} ${');
  });
});
