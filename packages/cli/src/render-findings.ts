import type { CostEstimate, SystemFigure } from '@voice-campaign/provisioning/cost';
import { describePlace, type Finding } from '@voice-campaign/provisioning/lint';
import Table from 'cli-table3';

export const plain = (head: readonly string[], widths?: readonly number[]) =>
  new Table({
    head: [...head],
    ...(widths && { colWidths: [...widths], wordWrap: true }),
    style: { head: [], border: [], compact: true },
  });

const usd = (value: number): string => `$${value.toFixed(2)}`;

export const renderFindings = (findings: readonly Finding[]): string => {
  const wrong = findings.filter(({ severity }) => severity !== 'note');
  const notes = findings
    .filter(({ severity }) => severity === 'note')
    .map(({ at, message }) => `note: ${describePlace(at)}: ${message}\n`);
  if (wrong.length === 0) {
    return ['Nothing is read that is not emitted, and nothing emitted that is not read.\n', ...notes].join('');
  }
  const table = plain(['', 'Where', 'Finding'], [18, 40, 70]);
  for (const { severity, code, at, message } of wrong) table.push([`${severity}\n${code}`, describePlace(at), message]);
  return [`${table}\n`, ...notes, wrong.length === 1 ? 'One finding\n' : `${wrong.length} findings\n`].join('');
};

export const renderCost = (
  { lines, usd: total, asOf, region }: CostEstimate,
  wrong: readonly SystemFigure[],
): string => {
  const table = plain(['A month', 'USD', 'How it comes about'], [26, 12, 80]);
  for (const { line, usd: own, basis } of lines) table.push([line, { content: usd(own), hAlign: 'right' }, basis]);
  table.push(['Total', { content: usd(total), hAlign: 'right' }, `prices of ${asOf} in ${region}, without tax`]);
  if (wrong.length === 0) return `${table}\n`;
  const comesTo = new Map([...lines.map(({ line, usd: own }) => [line, usd(own)] as const), ['Total', usd(total)]]);
  const figures = plain(['The system said', '', 'Here', 'What is wrong with it'], [20, 16, 10, 72]);
  for (const { line, said, wrong: why } of wrong) figures.push([line, said, comesTo.get(line) ?? '', why]);
  return `${table}\n\n${figures}\n`;
};
