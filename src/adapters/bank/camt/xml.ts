import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { FilePlace } from '../../../../events/bank/bank-statement.v1.ts';

/** An element without children is its text. */
export type XmlNode = string | { readonly [name: string]: XmlNode | readonly XmlNode[] };

export type ParsedXml =
  | { readonly ok: true; readonly root: XmlNode }
  | {
      readonly ok: false;
      readonly code: string;
      readonly detail: string;
      readonly at: FilePlace;
    };

const DEEPEST_NESTING = 64;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  maxNestedTags: DEEPEST_NESTING,
});

/**
 * Well-formed XML as nodes. Document types are refused and entities never expanded, so no file can
 * grow while it is read or fetch anything; only the five that XML itself has are resolved, in
 * `textOf`.
 */
export function parseXml(xml: string): ParsedXml {
  const doctype = /<!DOCTYPE/i.exec(xml);
  if (doctype !== null) {
    const detail = 'Expected no document type declaration.';
    return { ok: false, code: 'xml.doctype_refused', detail, at: placeAt(xml, doctype.index) };
  }
  const text = xml.trim();
  try {
    const validity = XMLValidator.validate(text);
    if (validity !== true) {
      const { line, col, msg } = validity.err;
      return notXml(msg, { line, column: col });
    }
    return { ok: true, root: parser.parse(text) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return notXml(error.message, {});
  }
}

const notXml = (message: string, at: FilePlace): ParsedXml => ({
  ok: false,
  code: 'xml.not_well_formed',
  detail: `Not well-formed XML, or cut off: ${message}`,
  at,
});

/** Line and column, from 1, of an index into the text. */
export function placeAt(text: string, index: number): FilePlace {
  const before = text.slice(0, index);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: index - lastBreak };
}

/** Every element at the path, in the file's order. */
export function all(node: XmlNode | undefined, ...path: readonly string[]): readonly XmlNode[] {
  let nodes: readonly XmlNode[] = node === undefined ? [] : [node];
  for (const name of path) nodes = nodes.flatMap((parent) => childrenOf(parent, name));
  return nodes;
}

function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  if (typeof node === 'string' || !Object.hasOwn(node, name)) return [];
  const child = node[name];
  if (child === undefined) return [];
  return Array.isArray(child) ? child : [child as XmlNode];
}

/** The first element at the path. */
export const one = (node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined =>
  all(node, ...path)[0];

/** The text of the first element at the path that has any. */
export const textAt = (node: XmlNode | undefined, ...path: readonly string[]): string | undefined =>
  all(node, ...path)
    .map(textOf)
    .find((text) => text !== undefined);

/** The text of the first of these paths that has any. */
export const textAtAny = (
  node: XmlNode | undefined,
  ...paths: readonly string[]
): string | undefined =>
  paths.map((path) => textAt(node, ...path.split('/'))).find((text) => text !== undefined);

export function textOf(node: XmlNode): string | undefined {
  const text = typeof node === 'string' ? node : node['#text'];
  if (typeof text !== 'string') return undefined;
  const resolved = resolveEntities(text).trim();
  return resolved === '' ? undefined : resolved;
}

const predefined: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const HIGHEST_CODE_POINT = 0x10ffff;

const resolveEntities = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, ...parts) => {
      const [decimal, hex, name] = parts as (string | undefined)[];
      if (name !== undefined) return predefined[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= HIGHEST_CODE_POINT ? String.fromCodePoint(code) : whole;
    },
  );
