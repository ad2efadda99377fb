import { describe, expect, it } from 'vitest';
import { inspectNode, switchesFor } from '../../../src/lambda/launch/node-switches.ts';

const SWITCHES = ['--no-experimental-require-module', '--no-experimental-detect-module'];

describe('Lambda’s switches for node', () => {
  it('are the ones that the binary knows', async () => {
    const major = Number(process.versions.node.split('.')[0]);
    expect(await inspectNode(process.execPath)).toEqual({ file: process.execPath, major, switches: SWITCHES });
  });

  it('are given up one by one where NODE_OPTIONS asks for it', () => {
    const node = { file: 'node', major: 22, switches: SWITCHES };
    expect(switchesFor(node, undefined)).toEqual(SWITCHES);
    expect(switchesFor(node, '--trace-warnings --experimental-require-module')).toEqual([SWITCHES[1]]);
  });

  it('cannot be asked of a binary that is missing', async () => {
    await expect(inspectNode('/no/such/node')).rejects.toThrow('ENOENT');
  });
});
