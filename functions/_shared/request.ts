import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { type FieldProblem, ProblemError } from './problem.ts';

/** The bytes of the body, as they were sent. */
export const rawBodyOf = ({ body, isBase64Encoded }: APIGatewayProxyEventV2): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/** A header by its lower-case name. */
export const headerOf = ({ headers }: APIGatewayProxyEventV2, name: string): string | undefined =>
  headers[name];

/** @throws ProblemError 413 when the body is larger than the limit. */
export function limitBody(event: APIGatewayProxyEventV2, limitBytes: number): Buffer {
  const rawBody = rawBodyOf(event);
  if (rawBody.length <= limitBytes) return rawBody;
  throw new ProblemError({
    status: 413,
    code: 'request.too_large',
    detail: `The body has ${rawBody.length} bytes; at most ${limitBytes} are taken.`,
  });
}

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;|$)/i.test(contentType ?? '');

/**
 * The body as its schema has it.
 *
 * @throws ProblemError 415, 413 or 400; a 400 lists every field that does not fit.
 */
export function parseBody<T>(
  event: APIGatewayProxyEventV2,
  { schema, limitBytes }: { readonly schema: z.ZodMiniType<T>; readonly limitBytes: number },
): T {
  if (!isJson(headerOf(event, 'content-type'))) {
    throw new ProblemError({
      status: 415,
      code: 'request.unsupported_media_type',
      detail: 'Expected content-type application/json.',
    });
  }
  const text = limitBody(event, limitBytes).toString('utf8');
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap(toFieldProblems));
}

/**
 * The query string as its schema has it. A parameter that is given twice comes as one text, with a
 * comma, as API Gateway joins them, and fits no schema.
 *
 * @throws ProblemError 400, listing every parameter that does not fit.
 */
export function parseQuery<T>(
  { queryStringParameters: parameters = {} }: APIGatewayProxyEventV2,
  schema: z.ZodMiniType<T>,
): T {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const errors = result.error.issues
    .flatMap(toFieldProblems)
    .map((problem) => ({ ...problem, pointer: `query:${problem.pointer.slice(1)}` }));
  throw invalid(errors);
}

const invalid = (errors: readonly FieldProblem[]): ProblemError =>
  new ProblemError({
    status: 400,
    code: 'request.invalid',
    detail: `${errors.length} ${errors.length === 1 ? 'field does' : 'fields do'} not fit; nothing was changed.`,
    errors,
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError({
      status: 400,
      code: 'request.malformed_json',
      detail: 'The body is not JSON.',
    });
  }
}

/** Each unknown field is an offense of its own. */
function toFieldProblems(issue: z.core.$ZodIssue): readonly FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      code: 'unknown_field',
      detail: 'This field is not known.',
    }));
  }
  return [{ pointer: pointerTo(issue.path), code: issue.code, detail: issue.message }];
}

/** RFC 6901: `~` and `/` in a name are escaped. */
const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
