import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SyntaxSettings } from '../../../src/math/syntax/expression.ts';
import { parseExpression } from '../../../src/math/syntax/parse-expression.ts';
import { printExpression } from '../../../src/math/syntax/print-expression.ts';
import { arbitraryExpression, withoutPositions } from './arbitrary-expression.ts';

const arbitrarySyntax: fc.Arbitrary<SyntaxSettings> = fc.record({
  powerAssociativity: fc.constantFrom('right' as const, 'left' as const),
  negation: fc.constantFrom('after-power' as const, 'before-power' as const),
  logic: fc.constantFrom('and-first' as const, 'left-to-right' as const),
});

const read = (text: string, syntax?: SyntaxSettings) => {
  const parsed = parseExpression(text, syntax);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.value;
};

/** The tree, shown by brackets around every operation. */
const shape = (text: string, syntax?: Partial<SyntaxSettings>): string => {
  const settings = { powerAssociativity: 'right', negation: 'after-power', logic: 'and-first', ...syntax } as const;
  const show = (node: ReturnType<typeof read>): string => {
    if (node.kind === 'binary') return `(${show(node.left)}${node.operator}${show(node.right)})`;
    if (node.kind === 'negate') return `(-${show(node.operand)})`;
    return printExpression(node);
  };
  return show(read(text, settings));
};

describe('parseExpression', () => {
  it('reads the examples of the user guide', () => {
    for (const example of [
      'PERIOD(m1)/60',
      'SUM(100/[m1, m2])',
      'SUM(-[m1, m2])',
      'METRICS()*100',
      'SUM([METRICS("4xx"), METRICS("5xx")])',
      '(metric1 > 15 AND metric2 > 15)',
      'IF(FIRST(SORT(METRICS(), AVG, DESC))>100, 1, 0)',
      'SLICE(SORT(METRICS(), SUM, DESC), 0, 10)',
      'SUM(METRICS("errors"))/SUM(METRICS("requests"))*100',
      'IF(DAY(m1)<6,m1)',
      'FILL(METRICS(), LINEAR)',
      'INSIGHT_RULE_METRIC("RejectedConnectionsRule", "Sum")',
      `SUM(SEARCH(' {AWS/Lambda, FunctionName} MetricName="Errors" ', 'Sum'))`,
    ]) {
      expect(parseExpression(example)).toMatchObject({ ok: true });
    }
  });

  it('binds powers before products, sums, comparisons, AND and OR', () => {
    expect(shape('a OR b AND c == d + e * f ^ g')).toBe('(aOR(bAND(c==(d+(e*(f^g))))))');
    expect(shape('a ^ b * c - d - e')).toBe('((((a^b)*c)-d)-e)');
    expect(shape('a && b || c')).toBe('((aANDb)ORc)');
  });

  it('binds by the settings where AWS says nothing', () => {
    expect(shape('2 ^ 3 ^ 2')).toBe('(2^(3^2))');
    expect(shape('2 ^ 3 ^ 2', { powerAssociativity: 'left' })).toBe('((2^3)^2)');
    expect(shape('-m1 ^ 2')).toBe('(-(m1^2))');
    expect(shape('-m1 ^ 2', { negation: 'before-power' })).toBe('((-m1)^2)');
    expect(shape('a OR b AND c', { logic: 'left-to-right' })).toBe('((aORb)ANDc)');
    expect(shape('-5*m1')).toBe('((-5)*m1)');
    expect(shape('2 ^ -m1')).toBe('(2^(-m1))');
  });

  it('keeps the place of every piece', () => {
    expect(read('m1 + SUM(e2)')).toEqual({
      kind: 'binary',
      operator: '+',
      at: 3,
      left: { kind: 'reference', id: 'm1', at: 0 },
      right: { kind: 'call', name: 'SUM', at: 5, arguments: [{ kind: 'reference', id: 'e2', at: 9 }] },
    });
  });

  it('takes either quotes and escapes of their own kind', () => {
    expect(read(`METRICS('it\\'s')`)).toMatchObject({ arguments: [{ text: "it's" }] });
    expect(read(String.raw`SEARCH("{AWS/EC2} \"CPU\"", 'Sum')`)).toMatchObject({
      arguments: [{ text: '{AWS/EC2} "CPU"' }, {}],
    });
    expect(read(String.raw`SEARCH('"Europe\\France \(x\)"', 'Sum')`)).toMatchObject({
      arguments: [{ text: String.raw`"Europe\\France \(x\)"` }, {}],
    });
  });

  it.each([
    ['', 0, 'the expression ends where a number, an Id, a function, (, [ or - belongs (at character 1)'],
    ['m1 +', 4, 'the expression ends where a number, an Id, a function, (, [ or - belongs (at character 5)'],
    ['m1 + * m2', 5, '"*" stands where a number, an Id, a function, (, [ or - belongs (at character 6)'],
    ['2m1', 1, '"m1" stands where an operator or the end belongs; multiply with * (at character 2)'],
    ['(m1', 3, 'the expression ends where an operator or ) belongs (at character 4)'],
    ['SUM(m1 m2)', 7, '"m2" stands where an operator, a comma or ) belongs; multiply with * (at character 8)'],
    ['m1 and m2', 3, '"and" is written in capitals: AND (at character 4)'],
    ['sum(m1)', 0, 'functions are written in capitals: SUM(…) (at character 1)'],
    ['m1 = 3', 3, '"=" is no part of metric math: compare with == (at character 4)'],
    ['!m1', 0, '"!" is no part of metric math: compare with !=, or with == 0 for "not" (at character 1)'],
    ['METRICS(“4xx”)', 8, '"“" is no part of metric math: quote with straight quotes: " (at character 9)'],
    ["SEARCH('x", 7, "the text has no closing ' (at character 8)"],
    ['[]', 1, '"]" stands where a number, an Id, a function, (, [ or - belongs (at character 2)'],
    ['1e999', 0, '1e999 is too large for a number (at character 1)'],
    ['m1, m2', 2, '"," stands where an operator or the end belongs (at character 3)'],
  ])('says where %s is wrong and what may stand there', (text, at, message) => {
    expect(parseExpression(text)).toEqual({ ok: false, issue: { code: 'syntax', at, message } });
  });

  it('bounds length and depth', () => {
    expect(parseExpression('1'.padStart(2048))).toMatchObject({ ok: true });
    expect(parseExpression('1'.padStart(2049))).toMatchObject({ ok: false, issue: { at: 2048 } });
    expect(parseExpression(`${'('.repeat(99)}m1${')'.repeat(99)}`)).toMatchObject({ ok: true });
    expect(parseExpression(`${'('.repeat(100)}m1${')'.repeat(100)}`)).toMatchObject({ ok: false, issue: { at: 100 } });
    expect(parseExpression('-'.repeat(2000))).toMatchObject({ ok: false });
    expect(parseExpression('m1'.concat('+m1'.repeat(600)))).toMatchObject({ ok: true });
  });

  it('reads back what printExpression prints, under any settings', () => {
    fc.assert(
      fc.property(arbitraryExpression, arbitrarySyntax, (expression, syntax) => {
        const text = printExpression(expression, syntax);
        fc.pre(text.length <= 2048);
        expect(withoutPositions(read(text, syntax))).toEqual(expression);
      }),
      { numRuns: 1000 },
    );
  });

  it('answers any text, at a place inside it', () => {
    const piece = fc.constantFrom(
      ...[
        'm1',
        '(',
        ')',
        '[',
        ']',
        ',',
        '-',
        '^',
        '*',
        '==',
        'AND',
        'SUM',
        'SUM(',
        '"',
        "'",
        '\\',
        '1',
        '1e5',
        '.',
        ' ',
        '&',
        '\u2028',
        '😀',
      ],
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(piece, { maxLength: 200 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseExpression(any);
        if (!parsed.ok) expect(parsed.issue.at).toSatisfy((at: number) => at >= 0 && at <= any.length);
        else expect(withoutPositions(read(printExpression(parsed.value)))).toEqual(withoutPositions(parsed.value));
      }),
      { numRuns: 2000 },
    );
  });
});
