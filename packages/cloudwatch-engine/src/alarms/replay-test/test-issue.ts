/** What keeps a test of alarms from being run; `where` names the place in it, `message` the way out too. */
export type TestIssue = { readonly code: string; readonly where: string; readonly message: string };
