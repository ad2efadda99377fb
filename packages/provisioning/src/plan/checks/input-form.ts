/** Says what is wrong with an input, by its path. */
export type ReportInput = (path: string, message: string) => void;

/** Reports a text that does not have the form that is expected. */
export const expectForm = (
  report: ReportInput,
  path: string,
  text: string,
  { form, is }: { readonly form: RegExp; readonly is: string },
): void => {
  if (!form.test(text)) report(path, `${JSON.stringify(text)} is not ${is}`);
};
