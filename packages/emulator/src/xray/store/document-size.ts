import { byteLength } from '../../queue/message/byte-length.ts';

/** How much a document takes: as JSON, but for what escapes add to it, and in memory, of which it is an estimate. */
export type DocumentSize = { readonly jsonBytes: number; readonly heapBytes: number };

/** What V8 takes for values beside their text, as measured with documents of many values of each kind. */
const heapOf = { string: 32, number: 16, list: 40, object: 64, member: 40 };

/** Goes into whatever depth without a stack: documents of 64 kB can be 30,000 lists deep. */
export const sizeOfDocument = (document: object): DocumentSize => {
  let jsonBytes = 0;
  let heapBytes = 0;
  const left: unknown[] = [document];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string') {
      jsonBytes += byteLength(value) + 2;
      heapBytes += heapOf.string + value.length;
    } else if (Array.isArray(value)) {
      jsonBytes += 2 + Math.max(0, value.length - 1);
      heapBytes += heapOf.list;
      for (const each of value) left.push(each);
    } else if (typeof value === 'object' && value !== null) {
      const members = Object.entries(value).filter(([, each]) => each !== undefined);
      jsonBytes += 2 + Math.max(0, members.length - 1);
      heapBytes += heapOf.object;
      for (const [name, each] of members) {
        jsonBytes += byteLength(name) + 3;
        heapBytes += heapOf.member + name.length;
        left.push(each);
      }
    } else {
      jsonBytes += String(value).length;
      heapBytes += heapOf.number;
    }
  }
  return { jsonBytes, heapBytes };
};
