/**
 * Constructs a utility of Powertools that prints to this console. Of itself it makes one for both standard streams in
 * its constructor: one or two milliseconds for what is never written to.
 */
export function withConsole<T extends object, O>(utility: new (options: O) => T, options: O, console: object): T {
  function Quiet() {}
  Quiet.prototype = Object.create(utility.prototype, {
    setConsole: {
      value(this: T) {
        Object.assign(this, { console });
      },
    },
  });
  return Reflect.construct(utility, [options], Quiet);
}
