import { asTextual, type Input } from '../input.ts';
import { coralError } from '../service-error.ts';

type Node = { text?: string; readonly children: Map<string, Node> };

const deepest = 20;
const mostParameters = 20_000;

/**
 * The members that a Query request spells out: `Dimensions.member.1.Name=a` is a list of structures,
 * `Attributes.entry.1.key=a` a map. All scalars stay texts, and each structure is marked as such for the readers.
 * @throws ServiceError for names nested deeper, or parameters in a larger number, than any service takes.
 */
export const parseQueryInput = (parameters: URLSearchParams): Input => {
  if (parameters.size > mostParameters) {
    throw coralError('MalformedQueryString', `The request has more than ${mostParameters} parameters`);
  }
  const root: Node = { children: new Map() };
  for (const [name, text] of parameters) {
    const steps = name.split('.');
    if (steps.length > deepest) throw coralError('MalformedQueryString', `${name.slice(0, 80)} is nested too deeply`);
    let node = root;
    for (const step of steps) {
      const child: Node = node.children.get(step) ?? { children: new Map() };
      node.children.set(step, child);
      node = child;
    }
    node.text = text;
  }
  return structureOf(root);
};

const structureOf = ({ children }: Node): Input =>
  asTextual(Object.fromEntries([...children].map(([name, node]) => [name, readNode(node)])));

const readNode = (node: Node): unknown => {
  if (node.children.size === 0) return node.text;
  const entries = node.children.get('entry');
  if (entries !== undefined && node.children.size === 1) return mapOf(entries);
  const members = node.children.get('member');
  return members !== undefined && node.children.size === 1 ? listOf(members) : structureOf(node);
};

const inOrder = (node: Node): Node[] =>
  [...node.children].sort(([one], [other]) => Number(one) - Number(other)).map(([, child]) => child);

const listOf = (node: Node): unknown[] => inOrder(node).map(readNode);

const mapOf = (node: Node): Input =>
  asTextual(
    Object.fromEntries(
      inOrder(node).flatMap(({ children }) => {
        const key = (children.get('key') ?? children.get('Name'))?.text;
        const value = children.get('value') ?? children.get('Value');
        return key === undefined || value === undefined ? [] : [[key, readNode(value)]];
      }),
    ),
  );
