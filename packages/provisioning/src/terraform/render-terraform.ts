import type { DeploymentInputs } from '../plan/inputs.ts';

export type RenderTerraformOptions = {
  /** Where the module is. */
  readonly source: string;
  /** Monitoring document of another definition than the module's own; a relative path is one from the root module. */
  readonly contractFile?: string;
};

/**
 * A root module that calls the Terraform module with these inputs, and imports the log groups that exist already: a module
 * that is called cannot.
 */
export const renderTerraform = (inputs: DeploymentInputs, { source, contractFile }: RenderTerraformOptions): string => {
  const { region = 'us-east-1', accountId, ...own } = inputs;
  const call = Object.entries(own)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${snakeCase(name)} = ${hcl(value, '  ')}`);
  const file = contractFile === undefined ? [] : [`  contract_file = ${fileOf(contractFile)}`];
  const blocks = [
    'terraform {\n  required_version = ">= 1.9"\n\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = ">= 6.0"\n    }\n  }\n}',
    `provider "aws" {\n  region = ${hcl(region, '')}${accountId === undefined ? '' : `\n  allowed_account_ids = [${hcl(accountId, '')}]`}\n}`,
    `module "monitoring" {\n  source = ${hcl(source, '')}\n\n${[...call, ...file].join('\n')}\n}`,
    ...(own.existingLogGroupNames ?? []).map(
      (name) =>
        `import {\n  to = module.monitoring.aws_cloudwatch_log_group.this[${hcl(name, '')}]\n  id = ${hcl(name, '')}\n}`,
    ),
  ];
  return `${aligned(blocks.join('\n\n'))}\n`;
};

const fileOf = (path: string): string =>
  path.startsWith('/') ? hcl(path, '') : `"\${path.root}/${hcl(path, '').slice(1)}`;

const ASSIGNMENT = /^(\s*(?:[\w-]+|"(?:[^"\\]|\\.)*")) = (.*[^[{])$/;

/** As `terraform fmt` leaves it: neighbours that fit on a line each have their equals signs below each other. */
const aligned = (text: string): string => {
  const lines = text.split('\n').map((line) => ASSIGNMENT.exec(line) ?? line);
  return lines
    .map((line, index) => {
      if (typeof line === 'string') return line;
      let [first, last] = [index, index];
      while (typeof (lines[first - 1] ?? '') !== 'string') first -= 1;
      while (typeof (lines[last + 1] ?? '') !== 'string') last += 1;
      const width = Math.max(...lines.slice(first, last + 1).map((each) => each[1]?.length ?? 0));
      const [, name = '', value] = line;
      return `${name.padEnd(width)} = ${value}`;
    })
    .join('\n');
};

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Names of alarms, functions and tags are keys as they are; those of inputs are arguments. */
const keyOf = (name: string): string =>
  /^(missingData|workspaceId|channelId)$/.test(name) ? snakeCase(name) : JSON.stringify(name);

const hcl = (value: unknown, indent: string): string => {
  const inner = `${indent}  `;
  if (typeof value === 'string') return JSON.stringify(value).replace(/([$%])\{/g, '$1$1{');
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((each) => `${inner}${hcl(each, inner)},`).join('\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  if (members.length === 0) return '{}';
  return `{\n${members.map(([name, each]) => `${inner}${keyOf(name)} = ${hcl(each, inner)}`).join('\n')}\n${indent}}`;
};
