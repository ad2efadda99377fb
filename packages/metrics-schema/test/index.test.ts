import * as metricsSchema from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';

it('exports these names, and no other', () => {
  expect(Object.keys(metricsSchema).toSorted()).toEqual([
    'ContractError',
    'UNITS',
    'callOutcomes',
    'defineMetrics',
    'extendMetrics',
    'formatTraceHeader',
    'milliseconds',
    'namespace',
    'parseEmf',
    'parseTraceHeader',
    'quantity',
    'renderEmf',
    'renderSegment',
    'resolveNamespace',
    'runtimeMetrics',
    'seconds',
    'seriesOf',
    'unaccountedCalls',
    'validateSegment',
    'voiceCampaign',
    'withDefaults',
  ]);
});
