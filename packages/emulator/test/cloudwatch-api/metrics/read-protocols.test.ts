import { Encoder } from 'cbor-x';
import { expect, it } from 'vitest';
import { testClock } from '../../../src/core/clock.ts';
import type { Emulator } from '../../../src/emulator.ts';
import { emulatorWith } from '../../running-emulator.ts';

const now = Date.parse('2026-11-23T20:00:30Z');
const cbor = new Encoder({ useRecords: false, mapsAsObjects: true });

const queries = [
  {
    Id: 'm1',
    MetricStat: {
      Metric: { Namespace: 'voice/test', MetricName: 'Calls', Dimensions: [{ Name: 'Trunk', Value: 'a & b' }] },
      Period: 60,
      Stat: 'Sum',
    },
  },
];

const started = async (): Promise<Emulator> => {
  const emulator = await emulatorWith({ clock: testClock(now) });
  const Dimensions = [{ Name: 'Trunk', Value: 'a & b' }];
  const body = { Namespace: 'voice/test', MetricData: [{ MetricName: 'Calls', Values: [1, 2.5], Dimensions }] };
  await fetch(`${emulator.url}/_emulator/metrics`, { method: 'POST', body: JSON.stringify(body) });
  return emulator;
};

const post = (url: string, headers: Record<string, string>, body: string | Uint8Array) =>
  fetch(url, { method: 'POST', headers, body });

const expected = { Id: 'm1', Label: 'Calls', Values: [3.5], StatusCode: 'Complete' };

it('answers in AWS JSON, with timestamps in seconds', async () => {
  const { url } = await started();
  const span = { StartTime: now / 1000 - 60, EndTime: now / 1000 + 60 };
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
  };
  const reply = await post(url, headers, JSON.stringify({ MetricDataQueries: queries, ...span }));
  expect(await reply.json()).toEqual({
    Messages: [],
    MetricDataResults: [{ ...expected, Timestamps: [Date.parse('2026-11-23T20:00:00Z') / 1000] }],
  });
});

it('answers in CBOR, with timestamps as such', async () => {
  const { url } = await started();
  const input = { MetricDataQueries: queries, StartTime: new Date(now - 60_000), EndTime: new Date(now + 60_000) };
  const path = '/service/GraniteServiceVersion20100801/operation/GetMetricData';
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };
  const reply = await post(url + path, headers, cbor.encode(input));
  expect(cbor.decode(Buffer.from(await reply.arrayBuffer()))).toEqual({
    Messages: [],
    MetricDataResults: [{ ...expected, Timestamps: [new Date('2026-11-23T20:00:00Z')] }],
  });
});

it('takes samples in CBOR to the millisecond, and in forms where all is text', async () => {
  const emulator = await emulatorWith({ clock: testClock(now) });
  const datum = { MetricName: 'Calls', Values: [1, 2], Counts: [3, 4], StorageResolution: 1 };
  const input = { Namespace: 'voice/test', MetricData: [{ ...datum, Timestamp: new Date(now - 1234) }] };
  const path = '/service/GraniteServiceVersion20100801/operation/PutMetricData';
  const headers = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' };
  expect((await post(emulator.url + path, headers, cbor.encode(input))).status).toBe(200);
  const member = 'MetricData.member.1.';
  const form = new URLSearchParams({
    ...{ Action: 'PutMetricData', Version: '2010-08-01', Namespace: 'voice/test', [`${member}MetricName`]: 'Calls' },
    ...{ [`${member}Values.member.1`]: '5', [`${member}Counts.member.1`]: '2', [`${member}StorageResolution`]: '1' },
    ...{ [`${member}Timestamp`]: new Date(now - 1234).toISOString(), [`${member}Unit`]: 'None' },
  });
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await post(emulator.url, type, form.toString())).status).toBe(200);
  const sample = { timestamp: now - 1234, resolution: 1, unit: 'None' };
  expect(emulator.metrics.samples()).toMatchObject([
    { ...sample, value: 1, count: 3 },
    { ...sample, value: 2, count: 4 },
    { ...sample, value: 5, count: 2 },
  ]);
});

it('answers in XML to forms, as old clients send them', async () => {
  const { url } = await started();
  const form = new URLSearchParams({
    Action: 'GetMetricData',
    Version: '2010-08-01',
    StartTime: new Date(now - 60_000).toISOString(),
    EndTime: new Date(now + 60_000).toISOString(),
    MaxDatapoints: '10',
  });
  const stat = 'MetricDataQueries.member.1.MetricStat.';
  form.set('MetricDataQueries.member.1.Id', 'm1');
  form.set('MetricDataQueries.member.1.ReturnData', 'true');
  form.set(`${stat}Metric.Namespace`, 'voice/test');
  form.set(`${stat}Metric.MetricName`, 'Calls');
  form.set(`${stat}Metric.Dimensions.member.1.Name`, 'Trunk');
  form.set(`${stat}Metric.Dimensions.member.1.Value`, 'a & b');
  form.set(`${stat}Period`, '60');
  form.set(`${stat}Stat`, 'Sum');
  const reply = await post(url, { 'content-type': 'application/x-www-form-urlencoded' }, form.toString());
  const xml = await reply.text();
  expect(xml).toContain('<Id>m1</Id><Label>Calls</Label>');
  expect(xml).toContain('<Timestamps><member>2026-11-23T20:00:00Z</member></Timestamps>');
  expect(xml).toContain('<Values><member>3.5</member></Values><StatusCode>Complete</StatusCode>');
});
