import { substituteVariables, type VariableValues } from '@voice-campaign/cloudwatch-engine/dashboards';
import { describe, expect, it } from 'vitest';
import { dashboardOf } from '../read-body.ts';

const variable = (more: object) => ({ inputType: 'input', id: 'v', ...more });
const substituted = (variables: readonly object[], properties: object, values?: VariableValues) => {
  const widgets = [{ type: 'metric', properties: { region: 'us-east-1', ...properties } }];
  const { dashboard, ...rest } = substituteVariables(dashboardOf({ variables, widgets }), values);
  return { properties: dashboard.widgets[0]?.properties, ...rest };
};
const errors = { metrics: [['AWS/Lambda', 'Errors', 'FunctionName', 'dialer']], title: 'Errors of dialer' };

describe('a property variable', () => {
  const named = variable({ type: 'property', property: 'FunctionName', defaultValue: 'api' });

  it('changes the dimension of its name, to its default where no value is given', () => {
    const dimensions = (value: string) => [{ dimensions: [{ name: 'FunctionName', value }] }];
    expect(substituted([named], errors).properties).toMatchObject({ metrics: dimensions('api') });
    expect(substituted([named], errors, { v: 'sms' }).properties).toMatchObject({ metrics: dimensions('sms') });
  });

  it('changes properties of its name as what they are', () => {
    const given = { ...errors, period: 300, stacked: false };
    expect(
      substituted([variable({ type: 'property', property: 'period' })], given, { v: '60' }).properties,
    ).toMatchObject({
      period: 60,
    });
    expect(
      substituted([variable({ type: 'property', property: 'stacked' })], given, { v: 'true' }).properties,
    ).toMatchObject({
      stacked: true,
    });
    expect(
      substituted([variable({ type: 'property', property: 'region' })], given, { v: 'eu-west-1' }).properties,
    ).toMatchObject({
      region: 'eu-west-1',
    });
  });

  it('changes nothing without a value, and says so', () => {
    const first = variable({ type: 'property', property: 'FunctionName', defaultValue: '__FIRST' });
    expect(substituted([first], errors)).toMatchObject({
      unresolved: ['v'],
      properties: { title: 'Errors of dialer' },
    });
  });

  it('leaves the dashboard as it was where its value does not fit, and says why', () => {
    const period = variable({ type: 'property', property: 'period' });
    expect(substituted([period], { ...errors, period: 300 }, { v: '7' })).toMatchObject({
      properties: { period: 300 },
      messages: [{ DataPath: '/widgets/0/properties/period' }, {}, {}],
    });
  });
});

describe('a pattern variable', () => {
  it('changes every match of its regular expression, and takes its value letter by letter', () => {
    const pattern = variable({ type: 'pattern', pattern: 'dial[a-z]+' });
    expect(substituted([pattern], errors, { v: '$1 & $&' }).properties).toMatchObject({
      title: 'Errors of $1 & $&',
      metrics: [{ dimensions: [{ value: '$1 & $&' }] }],
    });
  });

  it('takes no time to speak of, whatever its expression', { timeout: 5000 }, () => {
    const pattern = variable({ type: 'pattern', pattern: '(a+)+$' });
    const title = `${'a'.repeat(50_000)}b`;
    expect(substituted([pattern], { ...errors, title }, { v: 'x' }).properties).toMatchObject({ title });
  });

  it('changes nothing where its expression is none', () => {
    const pattern = variable({ type: 'pattern', pattern: '(' });
    expect(substituted([pattern], errors, { v: 'x' }).properties).toMatchObject({ title: 'Errors of dialer' });
  });
});
