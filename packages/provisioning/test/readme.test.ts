import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { CallsStack, estimate, findings, rootModule, template } from './readme-example.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example that compiles', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
});

it('shows ways out that make the same', () => {
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const alarms = types.filter((type) => type === 'AWS::CloudWatch::Alarm').length;
  expect(alarms).toBeGreaterThan(0);
  Template.fromStack(new CallsStack(new App(), 'Calls')).resourceCountIs('AWS::CloudWatch::Alarm', alarms);
  expect(rootModule).toContain('module "monitoring" {');
  expect(estimate.usd).toBeGreaterThan(0);
  expect(findings.every(({ message }) => message.length > 0)).toBe(true);
});
