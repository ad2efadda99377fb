import { type Input, readString } from '../service-api/input.ts';
import { invalidParameter } from './sns-errors.ts';

const pageSize = 100;

/** One page of a list, and the token of the next. @throws ServiceError for a token that is none of ours. */
export const pageOf = <T>(
  items: readonly T[],
  input: Input,
): { readonly page: readonly T[]; readonly next?: string } => {
  const token = readString(input, 'NextToken');
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString('latin1') || Number.NaN);
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('NextToken');
  const page = items.slice(from, from + pageSize);
  const next = from + pageSize;
  return next < items.length ? { page, next: Buffer.from(String(next)).toString('base64') } : { page };
};
