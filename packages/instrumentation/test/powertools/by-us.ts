import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { instrument } from '../../src/index.ts';
import { bridgeXRay } from '../../src/powertools.ts';
import { dialWork } from './dial-work.ts';

bridgeXRay();

export const handler = instrument(voiceCampaign, 'dialer-worker', dialWork);
