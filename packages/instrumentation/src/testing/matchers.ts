import type { MemorySink } from './memory-sink.ts';

type Outcome = { readonly pass: boolean; message(): string };
type Dimensions = Readonly<Record<string, string>>;
type Document = Readonly<Record<string, unknown>>;

/** Every span that was sent, children included. */
function spansOf(documents: readonly Document[]): Document[] {
  return documents.flatMap((one) => [one, ...spansOf((one.subsegments as readonly Document[] | undefined) ?? [])]);
}

function has(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(expected).every(([key, value]) => has(Reflect.get(actual, key), value));
}

function found(what: string, all: readonly unknown[], pass: boolean): Outcome {
  return {
    pass,
    message: () =>
      `expected ${pass ? 'not ' : ''}${what}; there is:\n${all.map((one) => JSON.stringify(one)).join('\n')}`,
  };
}

/** Matchers over a memory sink, for `expect.extend`; `@voice-campaign/instrumentation/vitest` registers them. */
export const telemetryMatchers = {
  /** The sum of a metric's values in one series; without `total`, that there is any. */
  toHaveEmitted(sink: MemorySink, name: string, total?: number, dimensions: Dimensions = {}): Outcome {
    const points = sink.datapoints().filter((point) => point.name === name);
    const series = `${name} ${JSON.stringify(dimensions)}`;
    if (total === undefined) return found(`${series} to be emitted`, sink.datapoints(), points.length > 0);
    return found(`${series} to add up to ${total}`, points, sink.total(name, dimensions) === total);
  },
  /** A span of this name that holds all of `parts`. */
  toHaveTraced(sink: MemorySink, name: string, parts: Document = {}): Outcome {
    const spans = spansOf(sink.segments);
    return found(
      `a span ${name} with ${JSON.stringify(parts)}`,
      spans,
      spans.some((span) => span.name === name && has(span, parts)),
    );
  },
  /** A log line of this message that holds all of `attributes`. */
  toHaveLogged(sink: MemorySink, message: string, attributes: Document = {}): Outcome {
    const lines = sink.logs();
    const pass = lines.some((line) => line.message === message && has(line, attributes));
    return found(`a log line "${message}" with ${JSON.stringify(attributes)}`, lines, pass);
  },
};
