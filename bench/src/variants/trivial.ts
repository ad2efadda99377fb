/** What the emulator's throughput is measured with. */
export const handler = async (event: { readonly n: number }): Promise<number> => event.n;
