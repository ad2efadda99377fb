throw new Error('no configuration');

export const handler = async (): Promise<void> => {};
