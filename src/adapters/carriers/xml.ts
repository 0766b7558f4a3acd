import { XMLParser, XMLValidator } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
});

/**
 * XML as nested objects: elements by their local names, attributes behind `@`, texts as text.
 * Undefined for what is not well-formed, and for documents with a DTD, which no carrier sends.
 */
export const parseXml = (document: string): unknown => {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(document)) return undefined;
  return XMLValidator.validate(document) === true ? parser.parse(document) : undefined;
};
