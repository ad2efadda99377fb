import { expect, it } from 'vitest';
import { createCore } from '../../src/core/emulator-core.ts';
import { inBackground } from '../../src/core/in-background.ts';

it('tells of what is refused, and ends nothing by it', () => {
  const warnings: string[] = [];
  const refuse = (): never => {
    throw new Error('no space left');
  };
  const core = createCore({ functions: [], queues: [{ name: 'tasks' }], warn: (message) => warnings.push(message) });
  const [queue] = core.queues.list();
  if (queue === undefined) throw new Error('no queue');
  const background = inBackground({
    ...core,
    addPlatform: refuse,
    traces: { ...core.traces, record: refuse },
    logs: { ...core.logs, addLine: refuse },
    queues: { ...core.queues, take: refuse, remove: refuse },
  });
  background.addPlatform([]);
  background.traces.record({} as never);
  background.logs.addLine({} as never);
  expect(background.queues.take(queue, 1)).toEqual([]);
  expect(background.queues.remove(queue, [])).toEqual([]);
  expect(warnings).toEqual(Array.from({ length: 5 }, () => 'no space left'));
});
