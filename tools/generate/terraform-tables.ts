import { table } from './sections.ts';

type Block = { readonly name: string; readonly body: string };

/** Blocks that end where a line begins with a brace, as terraform formats them. */
const blocksOf = (kind: string, text: string): readonly Block[] =>
  [...text.matchAll(new RegExp(`^${kind} "(\\w+)" \\{\\n([\\s\\S]*?)^\\}`, 'gm'))].map(([, name = '', body = '']) => ({
    name,
    body,
  }));

const descriptionOf = ({ body }: Block): string =>
  JSON.parse(/description\s*= ("(?:[^"\\]|\\.)*")/.exec(body)?.[1] ?? '""');

/** Up to the next argument or block of the variable. */
const argumentOf = ({ body }: Block, name: string): string | undefined =>
  new RegExp(`^  ${name}\\s*= ([\\s\\S]*?)(?=\\n(?:  \\w|\\n|$))`, 'm').exec(`${body}\n\n`)?.[1];

const typeOf = (block: Block): string => argumentOf(block, 'type')?.replace(/\s+/g, ' ') ?? '';

/** The variables in the order in which they are declared. */
export const variablesTable = (text: string): string =>
  table(
    ['Name', 'Type', 'Default', ''],
    blocksOf('variable', text).map((block) => {
      const value = argumentOf(block, 'default');
      return [
        `\`${block.name}\``,
        `\`${typeOf(block)}\``,
        value === undefined ? 'required' : `\`${value}\``,
        descriptionOf(block),
      ];
    }),
  );

export const outputsTable = (text: string): string =>
  table(
    ['Name', ''],
    blocksOf('output', text).map((block) => [`\`${block.name}\``, descriptionOf(block)]),
  );
