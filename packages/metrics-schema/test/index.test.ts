import * as metricsSchema from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';

it('exports twenty names, and no other', () => {
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
    'seconds',
    'seriesOf',
    'unaccountedCalls',
    'validateSegment',
    'voiceCampaign',
    'withDefaults',
  ]);
});
