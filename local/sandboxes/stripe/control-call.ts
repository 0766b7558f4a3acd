import type * as z from 'zod/mini';
import type { Route, SandboxRequest } from '../http.ts';
import { invalidRequest } from './errors.ts';

export type ControlCall = { request: SandboxRequest; path: Record<string, string> };

/** A route under `/_sandbox`, with the line that `GET /_sandbox` says of it. */
export type ControlRoute = Route<(call: ControlCall) => unknown> & { about: string };

/** Makes a route of a place under `/_sandbox`, what is said of it, and what it does. */
export type MakeRoute = (
  place: readonly [string, string],
  about: string,
  handler: (call: ControlCall) => unknown,
) => ControlRoute;

/** @throws StripeApiError 400 naming every field that is not as it must be. */
export function readBody<Schema extends z.ZodMiniType>(
  { request }: ControlCall,
  schema: Schema,
): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(request.body));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
  throw invalidRequest(`The request is not what this control takes. ${issues.join('; ')}`);
}

function parseJson(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidRequest(`Not JSON: ${error.message}`);
    throw error;
  }
}
