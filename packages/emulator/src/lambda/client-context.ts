/**
 * A client context as it travels in a header: on one line, what is not ASCII escaped as JSON allows.
 * @throws TypeError for a text that is no JSON.
 */
export const clientContextHeader = (text: string): string => {
  let context: unknown;
  try {
    context = JSON.parse(text);
  } catch (error) {
    throw new TypeError(`clientContext is to be JSON text: ${(error as Error).message}`);
  }
  return JSON.stringify(context).replace(
    /[^\x20-\x7E]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
};
