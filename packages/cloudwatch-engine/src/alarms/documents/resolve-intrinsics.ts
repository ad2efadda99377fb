import { valueText } from '../../value-text.ts';
import type { AlarmIdentity } from '../config/alarm-identity.ts';
import { isMembers, type Members } from './alarm-members.ts';
import { conditionNamed } from './template-conditions.ts';
import { attributeOf, referenceOf } from './template-resources.ts';

/** A template with what its functions are resolved by. */
export type TemplateScope = {
  readonly parameters: Members;
  readonly resources: Members;
  readonly mappings: Members;
  readonly conditions: Members;
  /** By `Name`, `Resource.Attribute`, `ImportValue Name` or `FindInMap Map.Key.Name`: before what the template says. */
  readonly values: Readonly<Record<string, string>>;
  readonly identity: AlarmIdentity;
  /** Called for what cannot be resolved. */
  readonly refuse: (message: string) => void;
};

/** AWS::NoValue takes a member away. */
const NOTHING = Symbol('AWS::NoValue');

/**
 * A value of a template without functions: Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap, Fn::If
 * and, where its value is given, Fn::ImportValue. Others are refused by their names. A resource that has no name of its own
 * is called by its logical id.
 */
export function resolveIntrinsics(value: unknown, scope: TemplateScope): unknown {
  const resolved = resolve(value, scope);
  return resolved === NOTHING ? undefined : resolved;
}

function resolve(value: unknown, scope: TemplateScope): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(each, scope)).filter((each) => each !== NOTHING);
  if (!isMembers(value)) return value;
  const [[name, argument] = [undefined, undefined], ...more] = Object.entries(value);
  if (name !== undefined && more.length === 0 && /^(?:Ref|Condition|Fn::)/.test(name)) {
    return callOf(name, argument, scope);
  }
  const members = Object.entries(value).map(([key, each]) => [key, resolve(each, scope)] as const);
  return Object.fromEntries(members.filter(([, each]) => each !== NOTHING));
}

function callOf(name: string, argument: unknown, scope: TemplateScope): unknown {
  switch (name) {
    case 'Ref':
      return refOf(valueText(argument), scope);
    case 'Fn::GetAtt':
      return attOf([argument].flat().map(valueText).join('.'), scope);
    case 'Fn::Sub':
      return subOf(argument, scope);
    case 'Fn::Join': {
      const [separator, list] = Array.isArray(argument) ? argument : [];
      const parts = resolve(list, scope);
      if (typeof separator === 'string' && Array.isArray(parts)) return parts.map(valueText).join(separator);
      break;
    }
    case 'Fn::Select': {
      const [index, list] = Array.isArray(argument) ? argument : [];
      const parts = resolve(list, scope);
      const part = Array.isArray(parts) ? parts[Number(valueText(index))] : undefined;
      if (part !== undefined) return part;
      break;
    }
    case 'Fn::Split': {
      const [separator, text] = Array.isArray(argument) ? argument : [];
      if (typeof separator === 'string') return valueText(resolve(text, scope)).split(separator);
      break;
    }
    case 'Fn::If':
      return ifOf(argument, scope);
    case 'Fn::FindInMap':
      return mappedOf(argument, scope);
    case 'Fn::ImportValue': {
      const exported = `ImportValue ${valueText(resolve(argument, scope))}`;
      return scope.values[exported] ?? unknown(exported, scope);
    }
  }
  scope.refuse(`${name} is not resolved here: give the alarm with its value in place of it`);
  return '';
}

function ifOf(argument: unknown, scope: TemplateScope): unknown {
  const [name, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
  const condition = valueText(name);
  const holds = conditionNamed(condition, { ...scope, textOf: (value) => valueText(resolve(value, scope)) });
  return holds === undefined ? unknown(condition, scope) : resolve(holds ? whenTrue : whenFalse, scope);
}

function mappedOf(argument: unknown, scope: TemplateScope): unknown {
  const keys = Array.isArray(argument) ? argument.slice(0, 3).map((key) => valueText(resolve(key, scope))) : [];
  const place = `FindInMap ${keys.join('.')}`;
  const mapped = keys.reduce<unknown>(
    (found, key) => (isMembers(found) && Object.hasOwn(found, key) ? found[key] : undefined),
    scope.mappings,
  );
  return scope.values[place] ?? mapped ?? unknown(place, scope);
}

function refOf(name: string, scope: TemplateScope): unknown {
  const { values, identity, parameters } = scope;
  if (name === 'AWS::NoValue') return NOTHING;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': identity.region,
    'AWS::AccountId': identity.accountId,
    'AWS::Partition': identity.partition,
    'AWS::StackName': 'stack',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const known = values[name] ?? pseudo[name];
  if (known !== undefined) return known;
  const parameter = parameters[name];
  if (isMembers(parameter) && parameter.Default !== undefined) return parameter.Default;
  return referenceOf(name, resourceOf(name, scope), identity) ?? unknown(name, scope);
}

function attOf(path: string, scope: TemplateScope): unknown {
  const known = scope.values[path];
  if (known !== undefined) return known;
  const [name = '', ...attribute] = path.split('.');
  const resource = resourceOf(name, scope);
  return attributeOf(name, attribute.join('.'), resource, scope.identity) ?? unknown(path, scope);
}

/** A resource whose properties are resolved, as far as its name goes. */
function resourceOf(name: string, { resources, ...rest }: TemplateScope) {
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  // A name that hangs on itself is none: whoever asks for it is told so.
  const scope = { ...rest, resources: Object.fromEntries(Object.entries(resources).filter(([key]) => key !== name)) };
  if (!isMembers(resource)) return undefined;
  const properties = isMembers(resource.Properties) ? resource.Properties : {};
  const named = Object.entries(properties).filter(([key]) => key.endsWith('Name'));
  const texts = named.map(([key, value]) => [key, resolve(value, scope)] as const);
  return { type: valueText(resource.Type), names: Object.fromEntries(texts) };
}

function subOf(argument: unknown, scope: TemplateScope): string {
  const [text, map] = Array.isArray(argument) ? argument : [argument, {}];
  const own = isMembers(map) ? map : {};
  return valueText(text).replace(/\$\{([^}]*)\}/g, (whole, inner: string) => {
    const name = inner.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(own, name)) return valueText(resolve(own[name], scope));
    const value = name.includes('.') ? attOf(name, scope) : refOf(name, scope);
    return value === NOTHING ? whole : valueText(value);
  });
}

function unknown(name: string, { refuse }: TemplateScope): string {
  refuse(`${name} has no value here: give one, as in values: { "${name}": "…" }`);
  return '';
}
