import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contract, publishedBy, series } from './readme-example.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example that compiles', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
});

it('shows an example that does what it says', () => {
  expect(contract.emitters['dialer-worker'].emits).toContain('VoicemailsLeft');
  expect(series).toBe(64 + 4);
  const directive = { Namespace: 'n', Dimensions: [[]], Metrics: [{ Name: 'OptOuts' }] };
  const line = { _aws: { Timestamp: 1_700_000_000_000, CloudWatchMetrics: [directive] }, OptOuts: 2 };
  expect(publishedBy(JSON.stringify(line))).toEqual(['OptOuts 2']);
  expect(publishedBy('{"_aws":1}')).toEqual([expect.stringContaining('is no object')]);
});
