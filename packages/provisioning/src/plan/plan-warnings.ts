import type { MonitoringDocument } from '../document/document.ts';
import type { Deployment } from './inputs.ts';
import { functionsOf } from './resources.ts';

/** Something that will not work as it looks; `about` names it. */
export type PlanWarning = { readonly code: string; readonly about: string; readonly message: string };

/** What the reader of a plan should know before it is applied. */
export const warningsOf = (document: MonitoringDocument, deployment: Deployment): readonly PlanWarning[] => [
  ...handlerWarnings(document, deployment),
];

const handlerWarnings = (document: MonitoringDocument, deployment: Deployment): readonly PlanWarning[] => {
  const used = new Set(JSON.stringify(document).match(/(?<="handler:)[^"]+/g));
  return [...used].flatMap((handler) => {
    const functions = functionsOf(deployment, handler);
    if (functions.length === 1) return [];
    const found = functions.length === 0 ? 'no function' : `${functions.length} functions`;
    const message = `${found} of lambdaFunctionNames end in ${handler}: what shows that handler alone is left out`;
    return [{ code: 'handler', about: handler, message }];
  });
};
