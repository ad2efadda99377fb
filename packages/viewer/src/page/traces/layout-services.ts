import type { ServiceMap } from '../../protocol/trace-view.ts';

type Node = ServiceMap['nodes'][number];

export type PlacedService = { readonly node: Node; readonly x: number; readonly y: number };
export type PlacedCall = {
  readonly from: PlacedService;
  readonly to: PlacedService;
  readonly traffic: Node['edges'][number]['traffic'];
};
export type ServiceLayout = {
  readonly services: readonly PlacedService[];
  readonly calls: readonly PlacedCall[];
  readonly width: number;
  readonly height: number;
};

const COLUMN = 200;
const ROW = 104;
const MARGIN = 70;
/** The text below a service is as wide as its column, also in the first and the last. */
const SIDE = COLUMN / 2;
const SWEEPS = 4;

/**
 * Services in columns from left to right: each right of those that call it, so far as calls go in no circle. Within a
 * column those are near each other whose callers are.
 */
export function layoutServices({ nodes }: ServiceMap): ServiceLayout {
  const depths = depthsOf(nodes);
  const columns: Node[][] = [];
  for (const node of nodes) {
    const depth = depths.get(node.id) ?? 0;
    columns[depth] = [...(columns[depth] ?? []), node];
  }
  const filled = columns.filter((column) => column !== undefined);
  const order = ordered(filled, nodes);
  const tallest = Math.max(1, ...order.map((column) => column.length));
  const services = order.flatMap((column, depth) =>
    column.map(
      (node, place): PlacedService => ({
        node,
        x: SIDE + depth * COLUMN,
        y: MARGIN + (place + (tallest - column.length) / 2) * ROW,
      }),
    ),
  );
  const byId = new Map(services.map((service) => [service.node.id, service]));
  const calls = services.flatMap((from) =>
    from.node.edges.flatMap(({ to, traffic }) => {
      const target = byId.get(to);
      return target ? [{ from, to: target, traffic }] : [];
    }),
  );
  const width = Math.max(1, order.length) * COLUMN;
  return { services, calls, width, height: 2 * MARGIN + (tallest - 1) * ROW };
}

/** The longest way from a root to each service; a call back to a service on the way counts for nothing. */
function depthsOf(nodes: readonly Node[]): ReadonlyMap<number, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const called = new Set(nodes.flatMap(({ id, edges }) => edges.map(({ to }) => to).filter((to) => to !== id)));
  const roots = nodes.filter(({ id }) => !called.has(id));
  const depths = new Map<number, number>();
  const visit = (node: Node, depth: number, way: ReadonlySet<number>): void => {
    if (way.has(node.id) || (depths.get(node.id) ?? -1) >= depth) return;
    depths.set(node.id, depth);
    const further = new Set([...way, node.id]);
    for (const { to } of node.edges) {
      const next = byId.get(to);
      if (next) visit(next, depth + 1, further);
    }
  };
  for (const node of [...roots, ...nodes]) if (roots.includes(node) || !depths.has(node.id)) visit(node, 0, new Set());
  return depths;
}

function ordered(columns: readonly (readonly Node[])[], nodes: readonly Node[]): readonly (readonly Node[])[] {
  let order = columns;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const places = new Map(order.flatMap((column) => column.map(({ id }, place) => [id, place] as const)));
    order = order.map((column) => {
      const wanted = new Map(column.map((node, place) => [node.id, middleOf(callersOf(node, nodes), places) ?? place]));
      return column.toSorted((one, other) => (wanted.get(one.id) ?? 0) - (wanted.get(other.id) ?? 0));
    });
  }
  return order;
}

const callersOf = ({ id }: Node, nodes: readonly Node[]): readonly number[] =>
  nodes.filter(({ edges }) => edges.some(({ to }) => to === id)).map((node) => node.id);

function middleOf(ids: readonly number[], places: ReadonlyMap<number, number>): number | undefined {
  const found = ids.flatMap((id) => places.get(id) ?? []);
  return found.length === 0 ? undefined : found.reduce((sum, place) => sum + place, 0) / found.length;
}
