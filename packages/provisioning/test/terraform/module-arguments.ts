import type { DeploymentInputs } from '../../src/index.ts';

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const argumentOf = (name: string, value: unknown): unknown => {
  switch (name) {
    case 'alarmOverrides':
      return Object.fromEntries(
        Object.entries(value as object).map(([alarm, { missingData, ...override }]) => [
          alarm,
          { ...override, ...(missingData !== undefined && { missing_data: missingData }) },
        ]),
      );
    case 'slackChannel': {
      const { workspaceId, channelId } = value as NonNullable<DeploymentInputs['slackChannel']>;
      return { workspace_id: workspaceId, channel_id: channelId };
    }
    default:
      return value;
  }
};

/** The same inputs as arguments of the Terraform module, which knows its Region and account itself. */
export const moduleArguments = ({
  region,
  accountId,
  ...inputs
}: DeploymentInputs): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [snakeCase(name), argumentOf(name, value)]));
