import { type MemorySink, sameDimensions } from './memory-sink.ts';

type Outcome = { readonly pass: boolean; message(): string };
type Dimensions = Readonly<Record<string, string>>;
type Document = Readonly<Record<string, unknown>>;

/** Every span that was sent, children included. */
function spansOf(documents: readonly Document[]): Document[] {
  return documents.flatMap((one) => [one, ...spansOf((one.subsegments as readonly Document[] | undefined) ?? [])]);
}

/** `expect.any(String)`, `expect.closeTo(0.3)`: they may stand for any value. */
type AsymmetricMatcher = { asymmetricMatch(actual: unknown): boolean; toAsymmetricMatcher?(): string };

function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return typeof value === 'object' && value !== null && 'asymmetricMatch' in value;
}

function print(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    isAsymmetric(each) ? (each.toAsymmetricMatcher?.() ?? String(each)) : each,
  );
}

function has(actual: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(expected).every(([key, value]) => has(Reflect.get(actual, key), value));
}

function found(what: string, all: readonly unknown[], pass: boolean): Outcome {
  return {
    pass,
    message: () => `expected ${pass ? 'not ' : ''}${what}; there is:\n${all.map(print).join('\n') || 'nothing'}`,
  };
}

/** Matchers over a memory sink, for `expect.extend`; `@voice-campaign/instrumentation/vitest` registers them. */
export const telemetryMatchers = {
  /** The sum of a metric's values in one series; without `total`, that there is any, of any series or that of `dimensions`. */
  toHaveEmitted(sink: MemorySink, name: string, total?: number, dimensions?: Dimensions): Outcome {
    const all = sink.datapoints();
    const named = all.filter((point) => point.name === name);
    const there = named.length > 0 ? named : all;
    if (total === undefined) {
      const pass = named.some((point) => dimensions === undefined || sameDimensions(point.dimensions, dimensions));
      return found(`${name}${dimensions ? ` ${print(dimensions)}` : ''} to be emitted`, there, pass);
    }
    const series = `${name} ${print(dimensions ?? {})}`;
    return found(`${series} to add up to ${print(total)}`, there, has(sink.total(name, dimensions), total));
  },
  /** A span of this name that holds all of `parts`. */
  toHaveTraced(sink: MemorySink, name: string, parts: Document = {}): Outcome {
    const spans = spansOf(sink.segments);
    return found(
      `a span ${name} with ${print(parts)}`,
      spans,
      spans.some((span) => span.name === name && has(span, parts)),
    );
  },
  /** A log line of this message that holds all of `attributes`. */
  toHaveLogged(sink: MemorySink, message: string, attributes: Document = {}): Outcome {
    const lines = sink.logs();
    const pass = lines.some((line) => line.message === message && has(line, attributes));
    return found(`a log line "${message}" with ${print(attributes)}`, lines, pass);
  },
};
