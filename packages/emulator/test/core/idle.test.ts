import { expect, it } from 'vitest';
import { createIdleWatch } from '../../src/core/idle.ts';

const watchOver = (left: { value: string | undefined }) => {
  const settled: number[] = [];
  const watch = createIdleWatch({ remaining: () => left.value, settle: async () => void settled.push(1) });
  return { watch, settled };
};

it('resolves at once where nothing is left, after what is under way has arrived', async () => {
  const { watch, settled } = watchOver({ value: undefined });
  await watch.wait();
  expect(settled).toEqual([1]);
});

it('resolves when it is told to look and nothing is left', async () => {
  const left: { value: string | undefined } = { value: '1 message' };
  const { watch } = watchOver(left);
  const waiting = watch.wait();
  watch.check();
  left.value = undefined;
  watch.check();
  await expect(waiting).resolves.toBeUndefined();
});

it('waits on where something came up while the rest arrived', async () => {
  const left: { value: string | undefined } = { value: undefined };
  let rounds = 0;
  const settle = async () => {
    rounds += 1;
    left.value = rounds === 1 ? '1 message' : undefined;
  };
  const watch = createIdleWatch({ remaining: () => left.value, settle });
  const waiting = watch.wait();
  await new Promise((resolve) => setImmediate(resolve));
  left.value = undefined;
  watch.check();
  await waiting;
  expect(rounds).toBe(2);
});

it('says what is left when the time is over, and when it is stopped', async () => {
  const { watch } = watchOver({ value: 'tasks: 1 in flight' });
  await expect(watch.wait(5)).rejects.toThrow('not idle after 5 ms: tasks: 1 in flight');
  const waiting = watch.wait();
  watch.stop();
  await expect(waiting).rejects.toThrow('stopped');
});
