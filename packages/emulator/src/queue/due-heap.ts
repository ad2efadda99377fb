/** Something that falls due at an instant, in epoch milliseconds; `order` decides between equal instants. */
export type Due = { readonly at: number; readonly order: number };

const isBefore = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Adds `item` to a binary heap whose first element is the one due first. */
export const pushDue = <T extends Due>(heap: T[], item: T): void => {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || isBefore(parent, item)) break;
    heap[index] = parent;
    heap[parentIndex] = item;
    index = parentIndex;
  }
};

/** Takes out the element due first; `undefined` when the heap is empty. */
export const popDue = <T extends Due>(heap: T[]): T | undefined => {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  heap[0] = last;
  siftDown(heap, last);
  return first;
};

const siftDown = <T extends Due>(heap: T[], item: T): void => {
  let index = 0;
  for (;;) {
    const childIndex = earlierChild(heap, index);
    const child = heap[childIndex];
    if (child === undefined || isBefore(item, child)) return;
    heap[index] = child;
    heap[childIndex] = item;
    index = childIndex;
  }
};

const earlierChild = <T extends Due>(heap: readonly T[], index: number): number => {
  const left = heap[2 * index + 1];
  const right = heap[2 * index + 2];
  return left !== undefined && right !== undefined && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1;
};
