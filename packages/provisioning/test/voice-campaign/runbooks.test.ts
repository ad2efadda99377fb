import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { voiceCampaignMonitoring } from '../../src/index.ts';

it('every alarm has a runbook, and every runbook an alarm', () => {
  const files = readdirSync(new URL('../../../../docs/runbooks', import.meta.url));
  const named = new Set(Object.values(voiceCampaignMonitoring.alarms).map(({ runbook }) => runbook));
  expect([...named].sort()).toEqual(files.sort());
});
