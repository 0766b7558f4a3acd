import { ApiProblem, UNREACHABLE } from './problem.ts';

/** Where an organization's people sign in, as the deployment writes it beside the page. */
export type Place = { readonly origin: string; readonly clientId: string };

/** Somebody who has signed in there. */
export type Person = {
  readonly place: Place;
  readonly accessToken: string;
  /** Works once: it brings the next one. */
  readonly refreshToken: string;
  readonly expiresAtMs: number;
};

/** What signing in needs of the browser. */
export type Surroundings = {
  /** What the tab forgets when it is closed. */
  readonly kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** The page, without query and place: where people come back to. */
  readonly address: string;
  readonly ask: typeof fetch;
  readonly now: () => number;
};

/** What is kept of a way out until the way back. */
type Leaving = {
  readonly place: Place;
  readonly state: string;
  readonly verifier: string;
  readonly hash: string;
};

const LEAVING = 'tradelane.finance.leaving';
const PERSON = 'tradelane.finance.person';
const RANDOM_BYTES = 32;
/** A token that is over so soon may be over when it arrives. */
const RENEW_BEFORE_MS = 30_000;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));

/** The address that a person leaves for to sign in (OAuth 2.1, authorization code with PKCE). */
export async function addressToSignIn(
  place: Place,
  hash: string,
  { kept, address }: Surroundings,
): Promise<string> {
  const leaving: Leaving = { place, state: random(), verifier: random(), hash };
  kept.setItem(LEAVING, JSON.stringify(leaving));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(leaving.verifier));
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: place.clientId, redirect_uri: address },
    ...{ scope: 'openid', state: leaving.state },
    ...{ code_challenge: base64url(new Uint8Array(digest)), code_challenge_method: 'S256' },
  });
  return `${place.origin}/oauth2/authorize?${query}`;
}

/**
 * Who comes back from signing in, and where in the console they left; undefined where nobody does. An
 * answer to a question that this tab has not asked is nobody's.
 *
 * @throws ApiProblem where the sign-in was refused.
 */
export async function comingBack(
  search: string,
  surroundings: Surroundings,
): Promise<{ readonly person: Person; readonly hash: string } | undefined> {
  const answer = new URLSearchParams(search);
  const text = surroundings.kept.getItem(LEAVING);
  if (text === null || !answer.has('state')) return undefined;
  surroundings.kept.removeItem(LEAVING);
  const { place, state, verifier, hash } = JSON.parse(text) as Leaving;
  if (answer.get('state') !== state) return undefined;
  const code = answer.get('code');
  if (code === null) throw refused(answer.get('error_description') ?? answer.get('error') ?? '');
  const person = await tokens(place, surroundings, {
    ...{ grant_type: 'authorization_code', code, code_verifier: verifier },
    redirect_uri: surroundings.address,
  });
  return { person, hash };
}

/** Who has signed in in this tab. */
export function personIn({ kept }: Surroundings): Person | undefined {
  const text = kept.getItem(PERSON);
  return text === null ? undefined : (JSON.parse(text) as Person);
}

/**
 * A person's token, renewed before it is over, by one request however many ask.
 *
 * @throws ApiProblem where it can't be renewed; `onOver` is told first where it never can be again.
 */
export function tokenOf(
  person: Person,
  surroundings: Surroundings,
  onOver: () => void,
): () => Promise<string> {
  let current = person;
  let renewing: Promise<Person> | undefined;
  let over: ApiProblem | undefined;
  const renew = async (): Promise<Person> => {
    const { place, refreshToken } = current;
    try {
      return await tokens(place, surroundings, {
        ...{ grant_type: 'refresh_token', refresh_token: refreshToken },
      });
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.code === REFUSED) {
        over = error;
        surroundings.kept.removeItem(PERSON);
        onOver();
      }
      throw error;
    }
  };
  return async () => {
    if (over !== undefined) throw over;
    if (current.expiresAtMs - RENEW_BEFORE_MS > surroundings.now()) return current.accessToken;
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    current = await renewing;
    return current.accessToken;
  };
}

/** Forgets who has signed in, here and there. The address is where the place forgets it, too. */
export async function addressToSignOut({
  kept,
  address,
  ask,
}: Surroundings): Promise<string | undefined> {
  const text = kept.getItem(PERSON);
  if (text === null) return undefined;
  kept.removeItem(PERSON);
  const { place, refreshToken } = JSON.parse(text) as Person;
  const body = new URLSearchParams({ token: refreshToken, client_id: place.clientId });
  // Where it can't be reached, the tokens are gone from here all the same.
  await ask(`${place.origin}/oauth2/revoke`, { method: 'POST', body }).catch(() => undefined);
  const query = new URLSearchParams({ client_id: place.clientId, logout_uri: address });
  return `${place.origin}/logout?${query}`;
}

const REFUSED = 'sign_in.refused';
const refused = (detail: string): ApiProblem =>
  new ApiProblem({ status: 400, code: REFUSED, detail });

type TokenAnswer = {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
};

/** Asks for tokens and keeps them. What else comes, the person's names among it, is not kept. */
async function tokens(
  place: Place,
  { ask, kept, now }: Surroundings,
  fields: Readonly<Record<string, string>>,
): Promise<Person> {
  const body = new URLSearchParams({ client_id: place.clientId, ...fields });
  const response = await ask(`${place.origin}/oauth2/token`, { method: 'POST', body }).catch(() => {
    throw new ApiProblem(UNREACHABLE);
  });
  if (response.status >= 500) throw new ApiProblem(UNREACHABLE);
  if (!response.ok) throw refused(await response.text().then(errorIn));
  const answer = (await response.json()) as TokenAnswer;
  const person: Person = {
    place,
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAtMs: now() + answer.expires_in * 1_000,
  };
  kept.setItem(PERSON, JSON.stringify(person));
  return person;
}

const errorIn = (body: string): string => {
  try {
    const { error = '' } = JSON.parse(body) as { readonly error?: string };
    return error;
  } catch (error) {
    if (error instanceof SyntaxError) return '';
    throw error;
  }
};
