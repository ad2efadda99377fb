import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plan, voiceCampaignMonitoring } from '../../src/index.ts';
import { anyInputs } from './any-inputs.ts';
import { canonicalPlan, canonicalResources } from './canonical.ts';
import { moduleArguments } from './module-arguments.ts';
import { hasTerraform, planModules, terraformSuite } from './terraform.ts';

const CASES = 24;

describe.skipIf(!hasTerraform)(terraformSuite('the Terraform module'), () => {
  it('plans what `plan` plans, whatever the inputs', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyInputs, { minLength: CASES, maxLength: CASES }), async (inputs) => {
        const planned = await planModules(inputs.map(moduleArguments));
        for (const [index, each] of inputs.entries()) {
          expect(canonicalResources(planned[index] ?? [])).toEqual(canonicalPlan(plan(voiceCampaignMonitoring, each)));
        }
      }),
      // One run is one plan of many modules: to shrink it would take minutes for each step.
      { numRuns: 1, endOnFailure: true },
    );
  });
});
