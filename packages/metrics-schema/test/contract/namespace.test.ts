import { ContractError, namespace, resolveNamespace, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, expectTypeOf, it } from 'vitest';

describe('namespace', () => {
  it('is project and environment', () => {
    const joined = namespace({ project: 'voice-campaign', environment: 'production' });
    expect(joined).toBe('voice-campaign/production');
    expectTypeOf(joined).toEqualTypeOf<'voice-campaign/production'>();
  });

  it.each([
    [{ project: 'AWS', environment: 'production' }, 'reserved-name'],
    [{ project: ':voice', environment: 'production' }, 'reserved-name'],
    [{ project: '', environment: 'production' }, 'empty'],
    [{ project: 'voice', environment: '' }, 'empty'],
    [{ project: 'vóice', environment: 'production' }, 'name-characters'],
    [{ project: 'v'.repeat(250), environment: 'production' }, 'name-length'],
  ])('refuses %j', (parts, code) => {
    expect(() => namespace(parts)).toThrow(
      expect.objectContaining({ name: 'ContractError', issues: [expect.objectContaining({ code })] }),
    );
    expect(() => namespace(parts)).toThrow(ContractError);
  });
});

describe('resolveNamespace', () => {
  const variables = { POWERTOOLS_METRICS_NAMESPACE: 'powertools', PROJECT_NAME: 'voice', ENVIRONMENT: 'prod' };
  const contract = { namespace: 'own/local' };

  it.each([
    [{ option: 'option', environment: variables, contract }, 'option', 'option'],
    [{ environment: variables, contract }, 'powertools', 'POWERTOOLS_METRICS_NAMESPACE'],
    [
      { environment: { ...variables, POWERTOOLS_METRICS_NAMESPACE: '' }, contract },
      'voice/prod',
      'PROJECT_NAME and ENVIRONMENT',
    ],
    [{ environment: { ENVIRONMENT: 'prod' }, contract }, 'own/local', 'contract'],
    [{ environment: {}, contract: voiceCampaign }, 'voice-campaign/local', 'contract'],
    [{ environment: {}, contract: {} }, 'default_namespace', 'default'],
  ])('takes the first of option, Powertools, deployment and contract that is set', (inputs, expected, source) => {
    expect(resolveNamespace(inputs)).toEqual({ namespace: expected, source, issues: [] });
  });

  it('passes over what CloudWatch would refuse, and says so', () => {
    expect(resolveNamespace({ option: 'AWS/Voice', environment: variables, contract })).toMatchObject({
      namespace: 'powertools',
      issues: [{ code: 'reserved-name', at: 'option' }],
    });
  });

  it('reports a project without an environment', () => {
    expect(resolveNamespace({ environment: { PROJECT_NAME: 'voice' }, contract })).toMatchObject({
      namespace: 'own/local',
      issues: [{ code: 'namespace-incomplete', missing: 'ENVIRONMENT' }],
    });
  });

  it('reports in Lambda that nobody set one', () => {
    const environment = { AWS_LAMBDA_FUNCTION_NAME: 'dialer-worker' };
    expect(resolveNamespace({ environment, contract })).toMatchObject({
      namespace: 'own/local',
      issues: [{ code: 'namespace-unset', namespace: 'own/local' }],
    });
    expect(resolveNamespace({ environment: { ...environment, ...variables }, contract }).issues).toEqual([]);
  });
});
