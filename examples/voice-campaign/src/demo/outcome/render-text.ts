import Table from 'cli-table3';
import type { CountRow } from './compare.ts';
import type { DemoResult } from './result.ts';

const WIDTH = 100;

/** The result for people to read: counts, rates, functions, the trace of one call, and what was written of it. */
export function renderText(result: DemoResult): string {
  return [
    headline(result),
    counts(result.comparison.rows),
    rates(result),
    duplicates(result),
    functions(result),
    example(result),
    verdict(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline({ contacts, seconds, traces, faults }: DemoResult): string {
  const pace = `${(contacts / seconds).toFixed(0)} a second`;
  const first = `${contacts} calls in ${seconds.toFixed(1)} s (${pace}), ${traces} traces`;
  return [first, ...faults.map((fault) => `  ! ${fault}`)].join('\n');
}

function counts(rows: readonly CountRow[]): string {
  const repeats = rows.some(({ duplicated }) => duplicated > 0);
  const table = plainTable(
    ['Metric', 'Reported', ...(repeats ? ['Of it twice'] : []), 'Ground truth', ''],
    ['left', 'right', ...(repeats ? ['right' as const] : []), 'right', 'left'],
  );
  for (const { metric, reported, duplicated, truth, differs } of rows) {
    const twice = repeats ? [duplicated === 0 ? '' : amount(metric, duplicated)] : [];
    table.push([metric, amount(metric, reported), ...twice, amount(metric, truth), differs ? '✗ differs' : '✓']);
  }
  return table.toString();
}

function amount(metric: string, value: number): string {
  return metric.endsWith('Usd') ? value.toFixed(4) : String(value);
}

function rates({ comparison }: DemoResult): string {
  const table = plainTable(['Rate', 'Value', ''], ['left', 'right', 'left']);
  for (const { rate, value, unit } of comparison.rates) {
    table.push([rate, unit === '%' ? value.toFixed(1) : value.toFixed(4), unit]);
  }
  return table.toString();
}

function duplicates({ comparison }: DemoResult): string {
  if (comparison.duplicates.length === 0) return '';
  const lines = comparison.duplicates.map(({ callId, metrics }) => `  ${callId}  ${metrics.join(', ')}`);
  return ['Written, then redelivered and written again:', ...lines.map((line) => cut(line))].join('\n');
}

function functions({ functions: activities }: DemoResult): string {
  const table = plainTable(
    ['Function', 'Invocations', 'Failed', 'Cold starts', 'Init, median', 'Duration, median'],
    ['left', 'right', 'right', 'right', 'right', 'right'],
  );
  for (const { name, invocations, failed, coldStarts, initMs, durationMs } of activities) {
    table.push([name, invocations, failed, coldStarts, milliseconds(initMs), milliseconds(durationMs)]);
  }
  return table.toString();
}

function example({ example: call }: DemoResult): string {
  if (!call) return '';
  const parts = [
    [`The trace of call ${call.callId}:`, call.trace],
    ['What it logged:', call.log && wrapJson(call.log)],
    ['What it reported (EMF):', call.emf && wrapJson(call.emf)],
  ];
  return parts.flatMap(([title, text]) => (text ? `${title}\n${indent(text)}` : [])).join('\n\n');
}

/** One line of JSON, broken after commas where it is too long for a terminal. */
function wrapJson(line: string): string {
  const parts = line.split(/(?<=,)(?=["{])/);
  return parts.reduce((text, part) => {
    const last = text.slice(text.lastIndexOf('\n') + 1);
    return last.length + part.length > WIDTH - 2 ? `${text}\n${part}` : text + part;
  });
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function verdict({ comparison, problems }: DemoResult): string {
  if (problems.length > 0) return ['Not as it should be:', ...problems.map((problem) => `  ✗ ${problem}`)].join('\n');
  const repeated = comparison.duplicates.length;
  const redelivered = repeated > 0 ? `, ${repeated} calls written and then redelivered` : '';
  return `✓ All ${comparison.rows.length} counts agree with the ground truth: nothing is missing${redelivered}.`;
}

function plainTable(head: string[], colAligns: ('left' | 'right')[]) {
  const chars = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
  const more = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' };
  const rest = { right: '', 'right-mid': '', middle: '  ' };
  return new Table({
    head,
    colAligns,
    chars: { ...chars, ...more, ...rest },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

function cut(text: string, width = WIDTH): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
