/** E.164, with or without its plus. */
export const isPhoneNumber = (text: string): boolean => /^\+?[1-9]\d{1,14}$/.test(text);

/** The same with single dots, slashes and hyphens among the digits, as an endpoint may be written. */
export const isSmsEndpoint = (text: string): boolean => /^\+?[1-9]([./-]?\d){1,14}$/.test(text);
