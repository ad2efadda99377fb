import { invalidValue } from '../cloudwatch-api/cloudwatch-errors.ts';
import { type Input, readString, readStrings } from '../service-api/input.ts';

/** DeleteDashboards: different names. */
const mostDeleted = 100;
const longestName = 255;

/** The service ends each of these with a line break. */
const refused = (message: string) => invalidValue(`${message}\n`);

const checkName = (name: string, field: string): string => {
  if (name.length > longestName) {
    throw refused(
      `The value for field ${field} is too long. It must have length less than or equal to ${longestName}.`,
    );
  }
  if (!/^[A-Za-z0-9_-]*$/.test(name)) {
    throw refused(
      `The value for field ${field} contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).`,
    );
  }
  return name;
};

/** A text that must be there. @throws ServiceError InvalidParameterValue. */
export const readRequired = (input: Input, member: string): string => {
  const text = readString(input, member) ?? '';
  if (text === '') throw refused(`The parameter ${member} is required.`);
  return text;
};

/** @throws ServiceError InvalidParameterValue. */
export const readDashboardName = (input: Input): string =>
  checkName(readRequired(input, 'DashboardName'), 'DashboardName');

/** Empty where there is none. @throws ServiceError InvalidParameterValue. */
export const readNamePrefix = (input: Input): string =>
  checkName(readString(input, 'DashboardNamePrefix') ?? '', 'DashboardNamePrefix');

/** The names of DeleteDashboards, each once. @throws ServiceError InvalidParameterValue. */
export const readDashboardNames = (input: Input): ReadonlySet<string> => {
  const given = readStrings(input, 'DashboardNames');
  if (given.length === 0) throw refused('Field DashboardNames is required and has to contain at least 1 element.');
  const names = new Set(given.map((name, index) => checkName(name, `DashboardNames[${index}]`)));
  if (names.size > mostDeleted) throw refused(`Field DashboardNames can contain up to ${mostDeleted} elements.`);
  return names;
};
