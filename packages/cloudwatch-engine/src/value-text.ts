/** What a document holds, for a message or in place of a text: an object may have no text of its own, or a false one. */
export function valueText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
