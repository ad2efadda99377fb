import type { Trace } from './trace-store.ts';
import { type TraceNode, traceTreesOf } from './trace-tree.ts';

const durationOf = ({ document }: TraceNode): string => {
  if (document.end_time === undefined) return 'in progress';
  const ms = (document.end_time - document.start_time) * 1000;
  return ms < 10 ? `${ms.toFixed(2)} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
};

const flagsOf = ({ document }: TraceNode): string[] => [
  ...(document.fault === true ? ['FAULT'] : []),
  ...(document.throttle === true ? ['THROTTLE'] : document.error === true ? ['ERROR'] : []),
];

const exceptionsOf = ({ document }: TraceNode): string[] => {
  const { cause } = document;
  if (cause === undefined || typeof cause === 'string') return [];
  return (cause.exceptions ?? []).map((exception) => `${exception.type ?? 'Error'}: ${exception.message ?? ''}`.trim());
};

const detailsOf = (node: TraceNode): string[] => {
  const annotations = Object.entries(node.document.annotations ?? {}).map(([key, value]) => `${key}=${String(value)}`);
  return [
    ...(annotations.length === 0 ? [] : [`[${annotations.join(', ')}]`]),
    ...exceptionsOf(node).map((text) => `! ${text}`),
    ...node.links.map((link) => `<- linked to trace ${link.trace_id}, sent by ${link.id}`),
  ];
};

const labelOf = (node: TraceNode): string => {
  const { document } = node;
  const origin = 'origin' in document && document.origin !== undefined ? ` (${document.origin})` : '';
  const status = document.http?.response?.status;
  return [
    `${document.name}${origin}`,
    durationOf(node),
    ...(status === undefined ? [] : [String(status)]),
    ...flagsOf(node),
  ].join('  ');
};

const renderNode = (node: TraceNode, first: string, rest: string): string[] => {
  const hasChildren = node.children.length > 0;
  const children = node.children.flatMap((child, index) => {
    const isLast = index === node.children.length - 1;
    return renderNode(child, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
  });
  return [
    `${first}${labelOf(node)}`,
    ...detailsOf(node).map((detail) => `${rest}${hasChildren ? '│' : ' '}    ${detail}`),
    ...children,
  ];
};

/** One trace as lines of text: its tree with durations, status, faults, annotations, exceptions and links. */
export const renderTrace = (trace: Trace): string => {
  const trees = traceTreesOf(trace).flatMap((node) => renderNode(node, '', ''));
  const children = new Set(trace.childLinks.map((link) => link.trace_id));
  const onward =
    children.size === 0 ? [] : [`-> linked from ${children.size} ${children.size === 1 ? 'trace' : 'traces'}`];
  const dropped =
    trace.droppedLinks === 0 ? [] : [`   (${trace.droppedLinks} more links than the 100 a trace can have)`];
  return [`Trace ${trace.id}`, ...trees, ...onward, ...dropped].join('\n');
};

/** A trace together with those it is linked to: the producers' first, then the trace itself. */
export const renderLinkedTraces = (trace: Trace, find: (traceId: string) => Trace | undefined): string => {
  const producers = [...new Set(trace.parentLinks.map((link) => link.trace_id))].flatMap((id) => find(id) ?? []);
  return [...producers, trace].map(renderTrace).join('\n\n');
};
