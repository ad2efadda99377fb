import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lambdaService } from '../src/lambda-api/lambda-api.ts';
import type { Service } from '../src/service-api/service.ts';
import { xrayService } from '../src/xray-api/xray-api.ts';
import { emulatorWith } from './running-emulator.ts';

const document = readFileSync(new URL('../../../docs/fidelity.md', import.meta.url), 'utf8');

/** The operations that the tables say to be served, by service. */
const documented = (signingName: string): readonly string[] => {
  const [, section = ''] = document.split(new RegExp(`^### .*\\(\`${signingName}\`\\)$`, 'm'));
  const [table = ''] = section.split(/^#+ /m);
  const [, rows = ''] = table.split(/^\| Operation .*\n\| -+.*\n/m);
  const names = rows.split(/\n(?!\|)/)[0]?.split('\n') ?? [];
  return names
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name))
    .sort();
};

/** What the emulator itself says when it is asked for an operation that does not exist. */
const served = async (headers: Record<string, string>, body: string): Promise<readonly string[]> => {
  const { url } = await emulatorWith({});
  const response = await fetch(url, { method: 'POST', headers, body });
  const [, names = ''] = / has (.*) here/.exec(await response.text()) ?? [];
  return names.split(', ').sort();
};

const unknown = (targetPrefix: string) => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `${targetPrefix}.NoSuchOperation`,
});

const operationsOf = ({ operations }: Service): readonly string[] => Object.keys(operations).sort();

describe('docs/fidelity.md names every operation that is served', () => {
  it('of CloudWatch', async () => {
    expect(documented('monitoring')).toEqual(await served(unknown('GraniteServiceVersion20100801'), '{}'));
  });

  it('of CloudWatch Logs', async () => {
    expect(documented('logs')).toEqual(await served(unknown('Logs_20140328'), '{}'));
  });

  it('of SQS', async () => {
    expect(documented('sqs')).toEqual(await served(unknown('AmazonSQS'), '{}'));
  });

  it('of SNS', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(documented('sns')).toEqual(await served(form, 'Action=NoSuchOperation&Version=2010-03-31'));
  });

  it('of X-Ray and Lambda', () => {
    expect(documented('xray')).toEqual(operationsOf(xrayService({} as never)));
    expect(documented('lambda')).toEqual(operationsOf(lambdaService({} as never)));
  });
});
