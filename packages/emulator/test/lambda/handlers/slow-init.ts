await new Promise((resolve) => setTimeout(resolve, 60_000));

/** Is never loaded in time. */
export const handler = async (): Promise<void> => {};
