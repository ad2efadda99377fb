/**
 * Keys that hold a telephone number or an address by their name, or by how it ends (`contactPhone`, `to_number`).
 * Not `voicemail`, which is an outcome. All patterns see keys in lower case without `_`, `-` and spaces.
 */
const SECRET =
  /(phone|mobile|msisdn|e164|calle[red]id)(num(ber)?|no)?s?$|^(tel|cell|ani|dni[sd])(num(ber)?|no)?$|(?<!voic)email(address)?s?$/;

/** Keys that hold a number, or else a state, a time, a name (To and From of Twilio, Destination of SNS). */
const ADDRESS = /^(to|from|calle[red]|recipient|destination|contact|number)s?$/;

/**
 * What a key says about its value: 2, whatever stands under it is masked; 1, a JSON number under it may be a telephone
 * number; 0, nothing. `names` are masked besides the defaults.
 */
export function sensitivityOf(names: readonly string[]): (key: string) => 0 | 1 | 2 {
  const bare = (key: string): string => key.toLowerCase().replace(/[_\- ]/g, '');
  const secret = new Set(names.map(bare));
  return (key) => {
    const name = bare(key);
    return secret.has(name) || SECRET.test(name) ? 2 : ADDRESS.test(name) ? 1 : 0;
  };
}
