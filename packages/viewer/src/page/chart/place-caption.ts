export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** `side` is where the text is fixed to its point: by its right end, above a line, or by its left end, beside one. */
export type Caption = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly side: 'left' | 'right';
};

type Size = { readonly width: number; readonly height: number; readonly space: number };

const overlaps = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/**
 * Where a caption is written: inside of the box, and not over those written before while there is room. One above a
 * line moves to the left, one beside a line down.
 */
export function placeOfCaption({ x, y, side }: Caption, size: Size, box: Box, written: readonly Box[]): Box {
  const { width, height, space } = size;
  const above = y - space - height >= box.top;
  const bottom = above ? y - space / 2 : y + space + height;
  const fits = x + space + width <= box.right;
  const left = side === 'left' && fits ? x + space : x - space - width;
  const at = (from: number, base: number): Box => ({
    left: Math.max(box.left + space, from),
    right: Math.max(box.left + space, from) + width,
    top: base - height,
    bottom: base,
  });
  const first = at(left, bottom);
  let place = first;
  for (const _ of written) {
    const hit = written.find((other) => overlaps(place, other));
    if (!hit) return place;
    const next = side === 'right' ? at(hit.left - 2 * space - width, bottom) : at(left, hit.bottom + height);
    if (next.left === place.left && next.bottom === place.bottom) return first;
    place = next;
  }
  return place.bottom > box.bottom || written.some((other) => overlaps(place, other)) ? first : place;
}
