import type { Latency, ServiceMap } from '../../protocol/trace-view.ts';
import { shortNumber, withUnit } from '../chart/format-number.ts';
import { linkTo } from '../state/route.ts';
import { layoutServices, type PlacedCall, type PlacedService } from './layout-services.ts';

const RADIUS = 27;
const AROUND = 2 * Math.PI * RADIUS;

type Props = { readonly map: ServiceMap; readonly seconds: number };

/** Who calls whom: on each service how its requests ended and how long they took, on each call how often. */
export function ServiceMapView({ map, seconds }: Props) {
  if (map.nodes.length === 0) return <p class="note">No service was called in this time range.</p>;
  const { services, calls, width, height } = layoutServices(map);
  return (
    <div class="map">
      <svg viewBox={`0 0 ${width} ${height}`} style={{ width: `${width}px` }}>
        <title>Service map</title>
        {calls.map((call) => (
          <Call key={`${call.from.node.id} ${call.to.node.id}`} call={call} seconds={seconds} />
        ))}
        {services.map((service) => (
          <Service key={service.node.id} service={service} />
        ))}
      </svg>
    </div>
  );
}

function Call({ call, seconds }: { readonly call: PlacedCall; readonly seconds: number }) {
  const { from, to, traffic } = call;
  const isLoop = from === to;
  const startX = from.x + RADIUS + 3;
  const endX = to.x - RADIUS - 9;
  const middle = (startX + endX) / 2;
  const path = isLoop
    ? `M ${from.x - 14} ${from.y - RADIUS} c -20 -36 48 -36 28 0`
    : `M ${startX} ${from.y} C ${middle} ${from.y} ${middle} ${to.y} ${endX} ${to.y}`;
  const bad = traffic.faults + traffic.errors;
  const rate = (60 * traffic.count) / Math.max(1, seconds);
  const text = `${shortNumber(Number(rate.toPrecision(2)))}/min`;
  return (
    <g class={bad > 0 ? 'call call-bad' : 'call'}>
      <path d={path} />
      {!isLoop && <path d={`M ${endX} ${to.y - 4} l 7 4 l -7 4 z`} class="call-head" />}
      <text x={middle} y={(from.y + to.y) / 2 - 6}>
        {text}
        {bad > 0 && ` · ${shareText(bad, traffic.count)} failed`}
      </text>
    </g>
  );
}

const shareText = (part: number, all: number): string => `${shortNumber((100 * part) / Math.max(1, all))} %`;

function Service({ service }: { readonly service: PlacedService }) {
  const { node, x, y } = service;
  const place = `translate(${x} ${y})`;
  if (node.type === 'client') {
    return (
      <g class="service client" transform={place}>
        <Disc node={node} />
      </g>
    );
  }
  const filter = `service("${node.name.replaceAll('"', '')}")`;
  return (
    <g class="service" transform={place}>
      <a href={linkTo(['traces'], { filter })}>
        <title>{`${describe(node.traffic)}: show its traces`}</title>
        <Disc node={node} />
      </a>
    </g>
  );
}

function Disc({ node }: { readonly node: PlacedService['node'] }) {
  const { traffic, name, type = 'unknown' } = node;
  const isClient = type === 'client';
  return (
    <>
      <circle r={RADIUS} class="service-ground" />
      {!isClient && <Ring traffic={traffic} />}
      <text y="4" class="service-number">
        {isClient ? '☎' : withUnit(traffic.average, 'Seconds')}
      </text>
      <text y={RADIUS + 15} class="service-name">
        {name.length > 24 ? `${name.slice(0, 23)}…` : name}
        <title>{name}</title>
      </text>
      <text y={RADIUS + 28} class="service-type">
        {isClient ? 'callers' : type.replace(/^AWS::/, '')}
        {traffic.p95 !== undefined && !isClient && ` · p95 ${withUnit(traffic.p95, 'Seconds')}`}
      </text>
    </>
  );
}

const describe = ({ count, faults, errors, average }: Latency): string =>
  `${count} requests, ${faults} faults, ${errors} errors, ${withUnit(average, 'Seconds')} on average`;

/** Shares of the circle: faults, errors, what went well. Their dashes differ too. */
function Ring({ traffic }: { readonly traffic: Latency }) {
  const all = Math.max(1, traffic.count);
  const parts = [
    ['fault', traffic.faults / all],
    ['error', traffic.errors / all],
    ['ok', traffic.ok / all],
  ] as const;
  let before = 0;
  return (
    <>
      {parts.map(([kind, share]) => {
        const offset = -before * AROUND;
        before += share;
        if (share === 0) return null;
        const dash = `${share * AROUND} ${AROUND}`;
        return (
          <circle
            key={kind}
            r={RADIUS}
            class={`ring ring-${kind}`}
            stroke-dasharray={dash}
            stroke-dashoffset={offset}
            transform="rotate(-90)"
          />
        );
      })}
    </>
  );
}
