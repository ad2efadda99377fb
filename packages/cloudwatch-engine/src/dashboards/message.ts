/**
 * One finding in a dashboard body, with PutDashboard's own members. An error makes PutDashboard refuse the body
 * (`DashboardInvalidInputError`). A warning is what it answers with when it stores the body all the same; the member
 * it is about has no effect. Advice is what the documentation asks for and PutDashboard says nothing about.
 */
export type DashboardMessage = {
  /** A JSON pointer: `/widgets/0/properties/metrics/1`. */
  readonly DataPath: string;
  readonly Message: string;
  readonly severity: 'error' | 'warning' | 'advice';
  /** What CloudWatch's own words leave unsaid, such as which rendering property is unknown. */
  readonly hint?: string;
};

/** Where the findings of one body are collected: the first thousand of each severity, and how many errors there were. */
export type Findings = {
  readonly messages: DashboardMessage[];
  readonly counts: Record<DashboardMessage['severity'], number>;
  /** Text that holds `${` of a template is taken where a pattern or a list of values would refuse it. */
  readonly templates: boolean;
};

/** A place in the body that checks report at. */
export type Place = { readonly path: string; readonly findings: Findings };

export const inside = (place: Place, member: string | number): Place => ({
  path: `${place.path}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`,
  findings: place.findings,
});

export const noFindings = (templates: boolean): Findings => ({
  messages: [],
  counts: { error: 0, warning: 0, advice: 0 },
  templates,
});

const MOST_LISTED = 1000;

function add({ path, findings }: Place, finding: Omit<DashboardMessage, 'DataPath'>): false {
  findings.counts[finding.severity] += 1;
  if (findings.counts[finding.severity] <= MOST_LISTED) findings.messages.push({ DataPath: path, ...finding });
  return false;
}

export const refuse = (place: Place, Message: string, hint?: string): false =>
  add(place, { Message, severity: 'error', ...(hint === undefined ? {} : { hint }) });

export const warn = (place: Place, Message: string): false => add(place, { Message, severity: 'warning' });

export const advise = (place: Place, Message: string): false => add(place, { Message, severity: 'advice' });

/** Whether the text is left to a template to fill in. */
export const isTemplated = (place: Place, text: string): boolean => place.findings.templates && text.includes('${');

/** The whole answer to a body that is no JSON object, as recorded. */
export const NOT_JSON = 'The field DashboardBody must be a valid JSON object';

/** The message of the service's error for a body with these findings, as recorded: a count and a list in JSON. */
export function invalidDashboardText(messages: readonly DashboardMessage[]): string {
  const errors = messages
    .filter(({ severity }) => severity === 'error')
    .map(({ DataPath, Message }) => ({ dataPath: DataPath, message: Message }));
  if (errors.some(({ message }) => message === NOT_JSON)) return NOT_JSON;
  return `The dashboard body is invalid, there are ${errors.length} validation errors:\n${JSON.stringify(errors, undefined, 2)}`;
}
