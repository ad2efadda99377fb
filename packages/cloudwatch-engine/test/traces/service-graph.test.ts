import { inferredSegments, serviceGraphOf } from '@voice-campaign/cloudwatch-engine/traces';
import type { IndependentSubsegment, SegmentDocument } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';

const trace_id = '1-5f84c7a1-aaaaaaaaaaaaaaaaaaaaaaaa';

// The shape of the developer guide's Scorekeep trace: a segment, a nested call, and the segment inferred from it.
const scorekeep: SegmentDocument = {
  id: '194fcc8747581230',
  trace_id,
  name: 'Scorekeep',
  origin: 'AWS::ElasticBeanstalk::Environment',
  start_time: 100,
  end_time: 103,
  subsegments: [
    {
      id: '071684f2e555e571',
      name: '## UserModel.saveUser',
      start_time: 101,
      end_time: 102,
      subsegments: [
        {
          id: '4cd3f10b76c624b4',
          name: 'DynamoDB',
          namespace: 'aws',
          start_time: 101,
          end_time: 102,
          aws: { table_name: 'scorekeep-user', operation: 'UpdateItem' },
          http: { response: { status: 200 } },
        },
      ],
    },
  ],
};

it('infers a segment from a call that nobody answered', () => {
  expect(inferredSegments({ id: trace_id, documents: [scorekeep] })).toEqual([
    {
      id: 'ccd3f10b76c624b4',
      name: 'DynamoDB',
      trace_id,
      parent_id: '4cd3f10b76c624b4',
      start_time: 101,
      end_time: 102,
      aws: { table_name: 'scorekeep-user', operation: 'UpdateItem' },
      http: { response: { status: 200 } },
      origin: 'AWS::DynamoDB::Table',
      inferred: true,
    },
  ]);
});

it('draws client, service and what it calls', () => {
  const graph = serviceGraphOf([{ id: trace_id, documents: [scorekeep] }]);
  const named = graph.map(({ name, type, root, edges }) => [name, type, root, edges.map(({ to }) => graph[to]?.name)]);
  expect(named).toEqual([
    ['Scorekeep', 'AWS::ElasticBeanstalk::Environment', true, ['DynamoDB']],
    ['DynamoDB', 'AWS::DynamoDB::Table', false, []],
    ['Scorekeep', 'client', false, ['Scorekeep']],
  ]);
  expect(graph[0]?.traffic).toMatchObject({ ok: 1, errors: 0, faults: 0, responseTimes: [3] });
});

it('counts each request once, as a fault before an error before OK', () => {
  const traces = [{}, { error: true }, { error: true, throttle: true }, { fault: true, error: true }].map(
    (flags, index) => ({
      id: trace_id.replace(/a$/, String(index)),
      documents: [{ ...scorekeep, ...flags }],
    }),
  );
  const [service] = serviceGraphOf(traces);
  expect(service?.traffic).toMatchObject({ ok: 1, errors: 2, throttles: 1, faults: 1 });
});

it('finds the caller through subsegments that came by themselves, in any order', () => {
  const alone = (id: string, parent_id: string, namespace?: 'aws'): IndependentSubsegment => ({
    type: 'subsegment',
    id,
    trace_id,
    parent_id,
    name: namespace ? 'Lambda' : '## handler',
    start_time: 100,
    end_time: 101,
    ...(namespace && { namespace }),
  });
  const worker = {
    ...scorekeep,
    id: 'd000000000000001',
    parent_id: 'c000000000000002',
    name: 'worker',
    subsegments: [],
  };
  const documents = [
    worker,
    alone('c000000000000002', 'c000000000000001', 'aws'),
    alone('c000000000000001', scorekeep.id),
    scorekeep,
  ];
  for (const order of [documents, documents.toReversed()]) {
    const graph = serviceGraphOf([{ id: trace_id, documents: order }]);
    const caller = graph.find(({ name, type }) => name === 'Scorekeep' && type !== 'client');
    expect(caller?.edges.map(({ to }) => graph[to]?.name)).toContain('worker');
  }
});
