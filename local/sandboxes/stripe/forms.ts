/** A decoded form value: text, or named values below it. Lists have the names '0', '1', … */
export type FormValue = string | FormFields;
export type FormFields = { [name: string]: FormValue };

/** The form nests deeper or names keys in a way that Stripe's decoder refuses too. */
export class FormError extends Error {
  readonly code = 'SANDBOX.FORM';
}

const maximumDepth = 8;

/**
 * Decodes `application/x-www-form-urlencoded` text as Stripe reads it: `a[b][0]=x` nests, `a[]=x`
 * appends, and a name given twice keeps its last value. The result has no prototype, so a field
 * called `__proto__` is only a field.
 * @throws FormError when nesting passes eight levels or a name is both a value and a group.
 * @example decodeForm('expand[]=charge&metadata[order]=7')
 * // { expand: { 0: 'charge' }, metadata: { order: '7' } }
 */
export function decodeForm(text: string): FormFields {
  const form = emptyFields();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const separator = pair.indexOf('=');
    const name = decodeText(separator < 0 ? pair : pair.slice(0, separator));
    const value = separator < 0 ? '' : decodeText(pair.slice(separator + 1));
    assign(form, segmentsOf(name), value);
  }
  return form;
}

/**
 * Reads the JSON body of version 2 of the API as the form that it stands for.
 * @throws FormError for what is not a JSON object.
 * @example decodeJson('{"include":["identity"]}') // { include: { 0: 'identity' } }
 */
export function decodeJson(text: string): FormFields {
  const value = text === '' ? {} : parseJson(text);
  const form = fieldsFrom(value);
  if (typeof form === 'string') throw new FormError('The body must be a JSON object.');
  return form;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new FormError(`Invalid JSON: ${error.message}`);
    throw error;
  }
}

function fieldsFrom(value: unknown): FormValue {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const form = emptyFields();
  for (const [name, inner] of Object.entries(value)) form[name] = fieldsFrom(inner);
  return form;
}

function emptyFields(): FormFields {
  return Object.create(null) as FormFields;
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) throw new FormError(`Invalid percent encoding: ${text}`);
    throw error;
  }
}

function segmentsOf(name: string): string[] {
  const opening = name.indexOf('[');
  if (opening <= 0) return [name];
  const groups = name.slice(opening);
  if (!/^(\[[^[\]]*\])+$/.test(groups)) throw new FormError(`Invalid parameter name: ${name}`);
  const segments = [name.slice(0, opening), ...groups.slice(1, -1).split('][')];
  if (segments.length > maximumDepth) throw new FormError(`Too many levels in: ${name}`);
  return segments;
}

function assign(form: FormFields, segments: string[], value: string): void {
  let group = form;
  for (const [index, segment] of segments.entries()) {
    const name = segment === '' ? String(Object.keys(group).length) : segment;
    if (index === segments.length - 1) {
      if (typeof group[name] === 'object') throw new FormError(`Invalid value for: ${name}`);
      group[name] = value;
      return;
    }
    const next = group[name] ?? emptyFields();
    if (typeof next === 'string') throw new FormError(`Invalid object: ${name}`);
    group[name] = next;
    group = next;
  }
}

/** The same text for the same parameters in any order: what idempotency keys compare. */
export function canonicalForm(value: FormValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonicalForm(inner)}`);
  return `{${fields.join(',')}}`;
}
