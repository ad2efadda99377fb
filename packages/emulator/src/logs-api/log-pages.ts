import { type Input, readInteger, readString } from '../service-api/input.ts';
import { invalidParameter } from './logs-errors.ts';

/** The page of a list that a request asks for, and the token of the next one. @throws ServiceError. */
export const pageOf = <T>(
  all: readonly T[],
  input: Input,
  { member = 'limit', most }: { readonly member?: string; readonly most: number },
): { readonly page: readonly T[]; readonly nextToken?: string } => {
  const limit = readInteger(input, member) ?? most;
  if (limit < 1 || limit > most) throw invalidParameter(`${member} is ${limit}: it must be from 1 to ${most}`);
  const token = readString(input, 'nextToken');
  if (token !== undefined && !/^\d{1,15}$/.test(token)) {
    throw invalidParameter(
      'Pagination token in request is invalid. Only token from previous list call or null is valid.',
    );
  }
  const from = Number(token ?? 0);
  const to = from + limit;
  return { page: all.slice(from, to), ...(to < all.length && { nextToken: String(to) }) };
};
