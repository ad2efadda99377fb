/** Stands for a telephone provider: numbers that end with an even digit confirm. */
export async function call(phone: string): Promise<{ readonly rangMs: number; readonly confirmed: boolean }> {
  const last = Number(phone.at(-1));
  return { rangMs: 1000 * (last + 1), confirmed: last % 2 === 0 };
}
