import type { HttpRequest } from '../server/http-message.ts';

type Headers = Pick<HttpRequest, 'headers'>;

/** The value of a header, by its name in lower case. */
export const headerOf = ({ headers }: Headers, name: string): string | undefined =>
  headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];

/** The first media type that a header names, without its parameters. */
const mediaTypeOf = (request: Headers, name: string): string => headerOf(request, name)?.split(/[,;]/)[0]?.trim() ?? '';

const isAmong = (binaryMediaTypes: readonly string[], mediaType: string): boolean =>
  binaryMediaTypes.includes('*/*') || binaryMediaTypes.includes(mediaType);

/** Whether the body of a request travels as Base64. */
export const sendsBinary = (request: Headers, binaryMediaTypes: readonly string[]): boolean =>
  isAmong(binaryMediaTypes, mediaTypeOf(request, 'content-type'));

/** Whether a function's Base64 is decoded for the caller, which the first type of `Accept` decides (developer guide, "Return binary media"). */
export const acceptsBinary = (request: Headers, binaryMediaTypes: readonly string[]): boolean =>
  isAmong(binaryMediaTypes, mediaTypeOf(request, 'accept'));
