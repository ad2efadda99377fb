import { constraint } from '../service-api/constraint.ts';
import { type Input, readInteger, readString } from '../service-api/input.ts';
import { invalidParameter } from './logs-errors.ts';

/** How many things a request asks for: from 1 to `most`, which are also the default. @throws ServiceError. */
export const readLimit = (input: Input, member: string, most: number): number => {
  const limit = readInteger(input, member) ?? most;
  if (limit >= 1 && limit <= most) return limit;
  const must = `have value ${limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`}`;
  throw invalidParameter(constraint(String(limit), member, must));
};

const wrongToken = 'Pagination token in request is invalid. Only token from previous list call or null is valid.';

type PageRules = { readonly member?: string; readonly most: number };

/** The page of a list that a request asks for, and the token of the next one. @throws ServiceError. */
export const pageOf = <T>(
  all: readonly T[],
  input: Input,
  { member = 'limit', most }: PageRules,
): { readonly page: readonly T[]; readonly nextToken?: string } => {
  const limit = readLimit(input, member, most);
  const token = readString(input, 'nextToken');
  if (token !== undefined && !/^\d{1,15}$/.test(token)) throw invalidParameter(wrongToken);
  const from = Number(token ?? 0);
  const to = from + limit;
  return { page: all.slice(from, to), ...(to < all.length && { nextToken: String(to) }) };
};
