import { XMLBuilder } from 'fast-xml-parser';
import { isObject } from '../input.ts';
import { datesOf, secondsOf } from '../timestamps.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true });

/** Characters that XML 1.0 cannot hold, not even escaped; AWS writes `?` for them. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The Query protocol's shapes: lists as `<member>`, maps as `<entry>`, timestamps as ISO 8601. */
const xmlValue = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Map) return { entry: [...value].map(([key, entry]) => ({ key, value: xmlValue(entry) })) };
  if (Array.isArray(value)) return { member: value.map(xmlValue) };
  if (isObject(value)) {
    const seconds = secondsOf(value);
    if (seconds) return xmlValue(datesOf(seconds));
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, xmlValue(member)]])),
    );
  }
  return typeof value === 'string' ? value.replace(unwritable, '?') : String(value);
};

/** An XML document with one root element; `value` in the notation of a service's output. */
export const renderXml = (root: string, xmlNamespace: string, value: Readonly<Record<string, unknown>>): string =>
  builder.build({ [root]: { '@xmlns': xmlNamespace, ...Object(xmlValue(value)) } });
