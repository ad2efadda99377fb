import { XMLBuilder } from 'fast-xml-parser';
import { isObject } from '../input.ts';
import { datesOf, secondsOf } from '../timestamps.ts';
import { doubleText } from './number-text.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });

/** Characters that XML 1.0 cannot hold, not even escaped; AWS writes `?` for them. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The Query protocol's shapes: lists as `<member>`, maps as `<entry>`, timestamps as ISO 8601, doubles with a point. */
const xmlValue = (value: unknown, doubles: ReadonlySet<string>, isDouble = false): unknown => {
  const inner = (each: unknown) => xmlValue(each, doubles, isDouble);
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Map) return { entry: [...value].map(([key, entry]) => ({ key, value: inner(entry) })) };
  if (Array.isArray(value)) return { member: value.map(inner) };
  if (isObject(value)) {
    const seconds = secondsOf(value);
    if (seconds) return inner(datesOf(seconds));
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) =>
        member === undefined ? [] : [[name, xmlValue(member, doubles, doubles.has(name))]],
      ),
    );
  }
  if (typeof value === 'number' && isDouble && Number.isFinite(value)) return doubleText(value);
  return typeof value === 'string' ? value.replace(unwritable, '?') : String(value);
};

/** An XML document with one root element; `value` in the notation of a service's output. */
export const renderXml = (
  root: string,
  xmlNamespace: string,
  value: Readonly<Record<string, unknown>>,
  doubles: ReadonlySet<string> = new Set(),
): string => builder.build({ [root]: { '@xmlns': xmlNamespace, ...Object(xmlValue(value, doubles)) } });
