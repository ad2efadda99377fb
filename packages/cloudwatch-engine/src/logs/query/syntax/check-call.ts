import { compileRegex } from '../../../linear-regex.ts';
import { unknownDirective } from '../dates/formatted-date.ts';
import { isDatePattern } from '../dates/parsed-date.ts';
import { aggregateFunctions, arityOf, refusedFunctions, scalarFunctions } from './function-table.ts';
import type { Expression } from './query.ts';

/** What is wrong with the name of a function, as it was written; `undefined` of one that is emulated. */
export const problemOfFunction = (written: string): string | undefined => {
  const name = written.toLowerCase();
  if (arityOf(name) !== undefined) return undefined;
  if ((refusedFunctions as readonly string[]).includes(name)) {
    return `the function ${written} of Logs Insights is not emulated`;
  }
  const known = [...Object.keys(scalarFunctions), ...Object.keys(aggregateFunctions)].join(', ');
  return `there is no function ${written}: there are ${known}`;
};

/** What is wrong with the arguments of a function, by its name as it was written; `undefined` where nothing is. */
export const problemOfArguments = (written: string, args: readonly Expression[]): string | undefined => {
  const [least, most] = arityOf(written.toLowerCase()) ?? [0, 0];
  if (args.length >= least && args.length <= most) return problemOfFormat(written, args[1]);
  const wanted =
    least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
  return `${written} takes ${wanted} arguments, not ${args.length}`;
};

/** An expression or format that is written in the query is known before any event. */
const problemOfFormat = (written: string, format: Expression | undefined): string | undefined => {
  const text = format?.kind === 'text' ? format.value : undefined;
  switch (written.toLowerCase()) {
    case 'regexreplace': {
      if (text === undefined) return `${written} takes its expression as a text in quotes`;
      const compiled = compileRegex(text);
      return compiled.ok ? undefined : `${written} cannot read its expression: ${compiled.message}`;
    }
    case 'formatdate':
    case 'strftime': {
      const unknown = text === undefined ? undefined : unknownDirective(text);
      return unknown === undefined ? undefined : `${written} does not know ${unknown}`;
    }
    case 'parsedate':
      if (text === undefined || isDatePattern(text)) return undefined;
      return `${written} reads y u M d H h m s S a E X x Z, each in one place, and texts in ' quotes`;
    default:
      return undefined;
  }
};
