import { contentSecurityPolicy } from './style.ts';

export type Answer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * The link in the address is the key to the page, so no other site is told of it, and no cache, no
 * search engine and no frame has it.
 */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
};

export const pageAnswer = (statusCode: number, body: string): Answer => ({
  statusCode,
  headers,
  body,
});

/** After a form: the page is fetched anew, so that going back or reloading sends nothing again. */
export const seeOther = (location: string): Answer => ({
  statusCode: 303,
  headers: { ...headers, location },
  body: '',
});
