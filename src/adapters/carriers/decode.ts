/** What a payload's bytes hold: a JSON value, the fields of a form, or neither. */
export type Decoded =
  | { readonly kind: 'decoded'; readonly value: unknown }
  | { readonly kind: 'undecodable'; readonly reason: string };

/**
 * Decodes JSON and form fields. What begins with `<` is given to `parseXml`, where the caller has
 * it: webhooks are never XML, and what receives them does not carry a parser.
 */
export const decodePayload = (
  bytes: Uint8Array,
  parseXml?: (document: string) => unknown,
): Decoded => {
  const document = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, '')
    .trim();
  if (document === '') return { kind: 'undecodable', reason: 'It is empty.' };
  if (document.startsWith('<')) {
    const value = parseXml?.(document);
    return value === undefined
      ? { kind: 'undecodable', reason: 'It is not XML that can be read here.' }
      : { kind: 'decoded', value };
  }
  return decodeJson(document) ?? decodeForm(document);
};

const decodeJson = (document: string): Decoded | undefined => {
  try {
    return { kind: 'decoded', value: JSON.parse(document) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const decodeForm = (document: string): Decoded =>
  /^[\w.-]+=/.test(document)
    ? { kind: 'decoded', value: formFields(document) }
    : { kind: 'undecodable', reason: 'It is neither JSON, XML nor a form.' };

/** The fields of `application/x-www-form-urlencoded`, the first of each name. */
export const formFields = (document: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...new URLSearchParams(document)].toReversed());
