import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { RatesFileError } from './errors.ts';

/** An element's attributes under `@name` and its children under their names without prefix. */
export type XmlElement = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  isArray: (name) => name === 'Cube',
});

/** What only a document type may declare, and nothing in a file of rates needs. */
const DECLARATION = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i;

/** A reference to anything but a character: it would need a declaration. */
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)[\w:]/i;

/**
 * An XML document as plain objects. Entities and document types are never expanded.
 *
 * @throws RatesFileError `rates.doctype_refused`, `rates.entity_refused`, `rates.not_xml`
 */
export function parseXml(text: string): XmlElement {
  const xml = text.replace(/^\uFEFF/, '');
  if (DECLARATION.test(xml)) {
    throw new RatesFileError('rates.doctype_refused', 'Expected no document type declaration.');
  }
  if (ENTITY.test(xml)) {
    throw new RatesFileError('rates.entity_refused', 'Expected no reference to an entity.');
  }
  const validity = XMLValidator.validate(xml);
  if (validity !== true) {
    const { line, msg } = validity.err;
    throw new RatesFileError('rates.not_xml', `Not well-formed XML at line ${line}: ${msg}`);
  }
  try {
    return parser.parse(xml);
  } catch (error) {
    throw new RatesFileError('rates.not_xml', 'Not XML that this parser accepts.', {
      cause: error,
    });
  }
}

export const isElement = (value: unknown): value is XmlElement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
