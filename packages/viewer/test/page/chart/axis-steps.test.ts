import { describe, expect, it } from 'vitest';
import { axisSteps } from '../../../src/page/chart/axis-steps.ts';

describe('the steps of an axis', () => {
  it('are powers of two for bytes, and what clocks show for times', () => {
    expect(axisSteps('Bytes')).toContain(512 * 1024 ** 2);
    expect(axisSteps('Bytes/Second')).not.toContain(1000);
    expect(axisSteps('Seconds')).toEqual(expect.arrayContaining([0.001, 0.5, 15, 60, 1800, 86_400]));
    expect(axisSteps('Seconds')).not.toContain(2000);
    expect(axisSteps('Milliseconds')).toEqual(expect.arrayContaining([0.001, 1, 200, 30_000, 1_800_000]));
  });

  it('grow, whatever the unit is', () => {
    for (const unit of ['Bytes', 'Seconds', 'Milliseconds', 'Microseconds']) {
      const steps = axisSteps(unit) ?? [];
      expect(steps.toSorted((one, other) => one - other)).toEqual(steps);
    }
  });

  it('are left to the chart for all else', () => {
    for (const unit of [undefined, 'None', 'Count', 'Percent']) expect(axisSteps(unit)).toBeUndefined();
  });
});
