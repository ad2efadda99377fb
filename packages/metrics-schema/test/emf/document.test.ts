import { readFileSync } from 'node:fs';
import { type EmfDocument, parseEmf, renderEmf, UNITS } from '@voice-campaign/metrics-schema';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** The schema of AWS's specification, whose only member is `_aws`. */
const properties = JSON.parse(
  readFileSync(new URL('../fixtures/emf/19-amazon-cloudwatch-user-guide-schema-of-_aws.json', import.meta.url), 'utf8'),
);
const schema = withoutIds({ type: 'object', required: ['_aws'], properties });
const matchesSchema = new Ajv().compile(schema as object);

/** The published schema's `$id`s are fragments, which JSON Schema no longer allows; nothing refers to them. */
function withoutIds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutIds);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== '$id')
      .map(([key, value]) => [key, withoutIds(value)]),
  );
}

const ascii = (maxLength: number) =>
  fc
    .string({ minLength: 1, maxLength, unit: 'grapheme-ascii' })
    .filter((text) => text.trim() !== '' && !text.startsWith(':'));
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 360), max: 2 ** 360 })
  .map((value) => value + 0);
const values = fc
  .array(fc.tuple(number, fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 12 })
  .chain((samples) =>
    fc.boolean().map((counted) => ({
      values: samples.map(([value]) => value),
      ...(counted ? { counts: samples.map(([, count]) => count) } : {}),
    })),
  );
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

/** Any document CloudWatch takes: root members are shared out to dimensions, metrics and properties. */
const documents: fc.Arbitrary<EmfDocument> = fc
  .uniqueArray(
    fc.oneof(ascii(20), fc.constantFrom('__proto__', 'constructor')).filter((key) => key !== '_aws'),
    { minLength: 3, maxLength: 12 },
  )
  .chain((keys) => {
    const third = Math.floor(keys.length / 3);
    const [dimensionKeys, names] = [keys.slice(0, third), keys.slice(third, 2 * third)];
    const set = fc.subarray(dimensionKeys);
    const directive = fc.record({
      namespace: fc.stringMatching(/^[\w.\-/#]{1,40}$/).filter((name) => !name.startsWith('AWS/')),
      dimensions: fc.uniqueArray(set, {
        minLength: 1,
        maxLength: 4,
        selector: (some) => JSON.stringify(some.toSorted()),
      }),
      metrics: fc.subarray(names, { minLength: 1 }).chain((some) => fc.tuple(...some.map((name) => metric(name)))),
    });
    return fc
      .record({
        timestamp: fc.nat(),
        directives: fc.array(directive, { maxLength: 4 }),
        values: members(names, values),
        dimensions: members(dimensionKeys, ascii(40)),
        properties: members(keys.slice(2 * third), json),
      })
      .map(referenced);
  });

function metric(name: string) {
  return fc.record({
    name: fc.constant(name),
    unit: fc.constantFrom(...UNITS),
    resolution: fc.constantFrom<1 | 60>(1, 60),
  });
}

function members<T>(keys: readonly string[], arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .tuple(...keys.map((key) => arbitrary.map((value) => [key, value] as const)))
    .map((entries) => Object.fromEntries(entries));
}

/** Without the dimensions and metrics that no directive refers to: those are properties to whoever reads the line. */
function referenced(document: EmfDocument): EmfDocument {
  const keys = new Set(document.directives.flatMap(({ dimensions }) => dimensions.flat()));
  const names = new Set(document.directives.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  const only = <T>(some: Readonly<Record<string, T>>, wanted: ReadonlySet<string>) =>
    Object.fromEntries(Object.entries(some).filter(([key]) => wanted.has(key)));
  return { ...document, values: only(document.values, names), dimensions: only(document.dimensions, keys) };
}

describe('renderEmf', () => {
  it('writes what parseEmf reads back, with nothing dropped', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const parsed = parseEmf(renderEmf(document));
        expect(parsed).toMatchObject({ ok: true, warnings: [] });
        expect(parsed.ok && parsed.document).toEqual(document);
      }),
      { numRuns: 300 },
    );
  });

  it('writes one line that AWS’s schema takes', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const text = renderEmf(document);
        expect(text).not.toContain('\n');
        expect([matchesSchema(JSON.parse(text)), matchesSchema.errors]).toEqual([true, null]);
      }),
    );
  });

  it('leaves out what CloudWatch drops, when a parsed line is written again', () => {
    const line = JSON.stringify({
      _aws: {
        Timestamp: 1,
        CloudWatchMetrics: [
          { Namespace: 'n', Dimensions: [['Nope'], []], Metrics: [{ Name: 'Calls', Unit: 'Euro' }, { Name: 'Busy' }] },
        ],
      },
      Calls: 1,
      Busy: 2,
    });
    const parsed = parseEmf(line);
    expect(parsed.ok && renderEmf(parsed.document)).toBe(
      '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[[]],"Metrics":[{"Name":"Busy","Unit":"None","StorageResolution":60}]}]},"Busy":2,"Calls":1}',
    );
  });

  it('is held to a schema that does refuse an empty list of dimension sets', () => {
    const directive = { Namespace: 'n', Dimensions: [], Metrics: [] };
    expect(matchesSchema({ _aws: { Timestamp: 1, CloudWatchMetrics: [directive] } })).toBe(false);
    expect(matchesSchema({ _aws: { Timestamp: 1, CloudWatchMetrics: [{ ...directive, Dimensions: [[]] }] } })).toBe(
      true,
    );
  });
});
