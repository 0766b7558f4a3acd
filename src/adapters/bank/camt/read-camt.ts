import type { StatementFormat } from '../../../../events/bank/bank-statement.v1.ts';
import { refused, type StatementReader, type StatementReading } from '../reading.ts';
import { readCamtStatement } from './statement.ts';
import { all, parseXml, placeAt, type XmlNode } from './xml.ts';

type Message = {
  readonly format: StatementFormat;
  readonly container: string;
  readonly root: string;
  readonly body: XmlNode;
};

const messages: readonly [RegExp, StatementFormat, string][] = [
  [/^BkToCstmrAcctRpt(?:V\d+)?$/, 'camt.052', 'Rpt'],
  [/^BkToCstmrStmt(?:V\d+)?$/, 'camt.053', 'Stmt'],
  [/^BkToCstmrDbtCdtNtfctn(?:V\d+)?$/, 'camt.054', 'Ntfctn'],
];

/** Envelopes (AppHdr, business messages, SOAP) put the document at most this deep. */
const DEEPEST_ENVELOPE = 6;

/**
 * ISO 20022 camt.052, .053 and .054 of any version, under any namespace prefix and envelope. The
 * message's own element decides what it is, never a namespace or a name: a file that is called
 * camt054 may hold a camt.053.
 */
export const camtReader: StatementReader = {
  recognizes: (text) => /^\s*</.test(text),
  read: readCamt,
};

function readCamt(xml: string): StatementReading {
  const parsed = parseXml(xml);
  if (!parsed.ok) return refused(null, parsed.code, parsed.detail, parsed.at);
  const found = messagesIn(parsed.root, 0);
  const [first] = found;
  if (first === undefined) return unknownRoot(xml, parsed.root);
  const statements = found.flatMap((message) =>
    all(message.body, message.container).map((node, index) =>
      readCamtStatement(node, {
        format: message.format,
        path: `${message.root}/${message.container}[${index + 1}]`,
      }),
    ),
  );
  if (statements.length === 0) {
    const detail = `Expected at least one ${first.container} in ${first.root}, found none.`;
    return refused(first.format, 'camt.no_statement', detail, elementPlace(xml, first.root));
  }
  return { format: first.format, statements, problems: [] };
}

function messagesIn(node: XmlNode, depth: number): readonly Message[] {
  if (typeof node === 'string' || depth > DEEPEST_ENVELOPE) return [];
  return Object.entries(node).flatMap(([name, child]) => {
    const bodies = Array.isArray(child) ? child : [child as XmlNode];
    const known = messages.find(([pattern]) => pattern.test(name));
    if (known === undefined) return bodies.flatMap((body) => messagesIn(body, depth + 1));
    const [, format, container] = known;
    return bodies.map((body) => ({ format, container, root: name, body }));
  });
}

function unknownRoot(xml: string, root: XmlNode): StatementReading {
  const path: string[] = [];
  let node: XmlNode | undefined = root;
  while (node !== undefined && path.length < DEEPEST_ENVELOPE && path.at(-2) !== 'Document') {
    const name: string | undefined = elementNames(node).find((child) => child !== 'AppHdr');
    if (name === undefined) break;
    path.push(name);
    node = all(node, name)[0];
  }
  const found = path.join('/') || 'no element';
  const detail = `Expected a camt.052, camt.053 or camt.054 message, found ${found}.`;
  return refused(null, 'xml.unknown_root', detail, elementPlace(xml, path.at(-1) ?? ''));
}

const elementNames = (node: XmlNode): readonly string[] =>
  typeof node === 'string'
    ? []
    : Object.keys(node).filter((name) => !name.startsWith('?') && !/^[@#]/.test(name));

function elementPlace(xml: string, name: string): ReturnType<typeof placeAt> {
  const index = [`<${name}`, `:${name}`].map((tag) => xml.indexOf(tag)).find((at) => at >= 0);
  return { ...placeAt(xml, index ?? 0), path: name };
}
