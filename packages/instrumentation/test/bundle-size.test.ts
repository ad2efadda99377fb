import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const HANDLER = `
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { instrument } from '@voice-campaign/instrumentation';
export const handler = instrument(voiceCampaign, 'dialer-worker', (event, { metrics }) => metrics.add('TotalCalls', 1));
`;

const WITH_SQS = `
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { instrument } from '@voice-campaign/instrumentation';
import { eachRecord } from '@voice-campaign/instrumentation/sqs';
export const handler = instrument(voiceCampaign, 'dialer-worker', (event) => eachRecord(event, () => {}));
`;

/** What such a handler is deployed as, with all it needs. */
async function bundle(contents: string, format: 'cjs' | 'esm') {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20',
    format,
    conditions: ['@voice-campaign/source'],
    ...(format === 'esm' && { mainFields: ['module', 'main'] }),
  });
  const [{ contents: code, text } = { contents: new Uint8Array(), text: '' }] = outputFiles;
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const files = inputs.flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [file.replace(/^.*node_modules\//, '')] : [],
  );
  return { bytes: code.length, gzipBytes: gzipSync(code).length, text, files };
}

it.each(['cjs', 'esm'] as const)('stays as small as docs/performance.md says, as %s', async (format) => {
  const handler = await bundle(HANDLER, format);
  expect(handler.bytes).toBeLessThan(70_500);
  expect(handler.gzipBytes).toBeLessThan(25_500);
  const withSqs = await bundle(WITH_SQS, format);
  expect(withSqs.bytes).toBeLessThan(80_000);
  expect(withSqs.gzipBytes).toBeLessThan(28_200);
});

it('holds only what the handler uses', async () => {
  const { files } = await bundle(HANDLER, 'esm');
  const optional =
    /powertools\/(batch|tracer)|aws-xray-sdk|@middy|@aws-sdk|src\/(sqs|process|powertools|testing)|log-buffer\.ts/;
  expect(files.filter((file) => optional.test(file))).toEqual([]);
  const { files: withSqs } = await bundle(WITH_SQS, 'esm');
  expect(withSqs.filter((file) => /powertools\/batch|src\/sqs/.test(file)).length).toBeGreaterThan(3);
});

it('does not import node:http, which costs 60 ms of init as ESM on Node 24', async () => {
  const { text } = await bundle(WITH_SQS, 'esm');
  expect(text).toContain('from"node:dgram"');
  expect(text).not.toMatch(/from ?"(node:)?https?"/);
});
