import { createHash } from 'node:crypto';
import {
  addressToSignIn,
  addressToSignOut,
  comingBack,
  personIn,
  type Surroundings,
  tokenOf,
} from '../../../console/finance/app/organization.ts';

const place = { origin: 'https://sign-in.example', clientId: 'client-1' };
const ADDRESS = 'https://finance.example/console';
const NOW_MS = Date.parse('2026-07-01T08:00:00Z');
const MINUTE_MS = 60_000;

type Asked = { readonly url: string; readonly fields: Readonly<Record<string, string>> };

const granted = (name: string, more: object = {}) =>
  Response.json({
    ...{ access_token: `${name}-access`, refresh_token: `${name}-refresh`, expires_in: 900 },
    ...{ id_token: 'names-the-person', token_type: 'Bearer', ...more },
  });

/** A tab, and the place at the far end of the wire, which gives the answers one after another. */
const open = (...answers: readonly (Response | Error)[]) => {
  const items = new Map<string, string>();
  const asked: Asked[] = [];
  const clock = { nowMs: NOW_MS };
  const left = [...answers];
  const surroundings: Surroundings = {
    address: ADDRESS,
    kept: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => items.set(key, value),
      removeItem: (key) => items.delete(key),
    },
    ask: async (url, init) => {
      const fields = Object.fromEntries(new URLSearchParams(String(init?.body)));
      asked.push({ url: String(url), fields });
      const answer = left.shift();
      if (!(answer instanceof Response)) throw answer ?? new TypeError('No answer is left.');
      return answer;
    },
    now: () => clock.nowMs,
  };
  return { surroundings, items, asked, clock };
};

const leave = async (surroundings: Surroundings, hash = '#/breaks/brk_1') =>
  new URL(await addressToSignIn(place, hash, surroundings)).searchParams;

/** Somebody who has signed in, in a tab whose place gives `answers` from then on. */
const signedIn = async (...answers: readonly (Response | Error)[]) => {
  const tab = open(granted('first'), ...answers);
  const query = await leave(tab.surroundings);
  const back = await comingBack(`?code=c1&state=${query.get('state')}`, tab.surroundings);
  if (back === undefined) throw new Error('Nobody came back.');
  return { ...tab, person: back.person };
};

describe('Leaving to sign in', () => {
  it('asks for a code, by a challenge that only this tab can answer', async () => {
    const { surroundings, asked } = open(granted('first'));
    const query = await leave(surroundings);
    expect(Object.fromEntries(query)).toMatchObject({
      ...{ response_type: 'code', client_id: 'client-1', redirect_uri: ADDRESS },
      ...{ scope: 'openid', code_challenge_method: 'S256' },
    });
    await comingBack(`?code=c1&state=${query.get('state')}`, surroundings);
    const verifier = asked[0]?.fields['code_verifier'] ?? '';
    expect(verifier).toMatch(/^[\w-]{43}$/);
    expect(query.get('code_challenge')).toBe(
      createHash('sha256').update(verifier).digest('base64url'),
    );
    expect(query.toString()).not.toContain(verifier);
  });

  it('is never the same twice', async () => {
    const { surroundings } = open();
    const [one, two] = [await leave(surroundings), await leave(surroundings)];
    expect(one.get('state')).not.toBe(two.get('state'));
    expect(one.get('code_challenge')).not.toBe(two.get('code_challenge'));
  });
});

describe('Coming back', () => {
  it('changes the code for tokens, once, and leads to where the person was', async () => {
    const { surroundings, asked, items } = open(granted('first'));
    const search = `?code=c1&state=${(await leave(surroundings)).get('state')}`;
    const back = await comingBack(search, surroundings);
    expect(asked).toEqual([
      {
        url: 'https://sign-in.example/oauth2/token',
        fields: {
          ...{ grant_type: 'authorization_code', client_id: 'client-1', code: 'c1' },
          ...{ redirect_uri: ADDRESS, code_verifier: expect.any(String) },
        },
      },
    ]);
    expect(back).toEqual({
      hash: '#/breaks/brk_1',
      person: {
        ...{ place, accessToken: 'first-access', refreshToken: 'first-refresh' },
        expiresAtMs: NOW_MS + 15 * MINUTE_MS,
      },
    });
    expect(personIn(surroundings)).toEqual(back?.person);
    expect([...items.values()].join()).not.toContain('names-the-person');
    expect(await comingBack(search, surroundings)).toBeUndefined();
  });

  it.each(['?code=c1&state=forged', '?code=c1', '', '?other=1'])(
    'with %j is nobody, and asks for nothing',
    async (search) => {
      const { surroundings, asked } = open(granted('first'));
      await leave(surroundings);
      expect(await comingBack(search, surroundings)).toBeUndefined();
      expect(asked).toEqual([]);
      expect(personIn(surroundings)).toBeUndefined();
    },
  );

  it('without having left is nobody', async () => {
    const { surroundings, asked } = open(granted('first'));
    expect(await comingBack('?code=c1&state=s1', surroundings)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('says why the sign-in was refused', async () => {
    const { surroundings } = open();
    const state = (await leave(surroundings)).get('state');
    const search = `?error=access_denied&error_description=Not+today&state=${state}`;
    await expect(comingBack(search, surroundings)).rejects.toMatchObject({
      problem: { status: 400, code: 'sign_in.refused', detail: 'Not today' },
    });
  });

  it.each<[string, Response | Error, string]>([
    [
      'refuses the code',
      Response.json({ error: 'invalid_grant' }, { status: 400 }),
      'sign_in.refused',
    ],
    ['is down', new Response('<html>', { status: 503 }), 'unreachable'],
    ['can’t be reached', new TypeError('Failed to fetch'), 'unreachable'],
  ])('signs nobody in where the place %s', async (_what, answer, code) => {
    const { surroundings } = open(answer);
    const state = (await leave(surroundings)).get('state');
    await expect(comingBack(`?code=c1&state=${state}`, surroundings)).rejects.toMatchObject({
      problem: { code },
    });
    expect(personIn(surroundings)).toBeUndefined();
  });
});

describe('A token', () => {
  const never = () => {
    throw new Error('The session is not over.');
  };

  it('is the same until shortly before it is over', async () => {
    const { person, surroundings, clock, asked } = await signedIn();
    const token = tokenOf(person, surroundings, never);
    clock.nowMs += 14 * MINUTE_MS;
    expect(await token()).toBe('first-access');
    expect(asked).toHaveLength(1);
  });

  it('is renewed once for all who ask, by the latest of those that work once', async () => {
    const { person, surroundings, clock, asked } = await signedIn(
      granted('second'),
      granted('third'),
    );
    const token = tokenOf(person, surroundings, never);
    clock.nowMs += 15 * MINUTE_MS;
    expect(await Promise.all([token(), token()])).toEqual(['second-access', 'second-access']);
    clock.nowMs += 15 * MINUTE_MS;
    expect(await token()).toBe('third-access');
    expect(asked.slice(1).map(({ fields }) => fields)).toEqual([
      { grant_type: 'refresh_token', client_id: 'client-1', refresh_token: 'first-refresh' },
      { grant_type: 'refresh_token', client_id: 'client-1', refresh_token: 'second-refresh' },
    ]);
    expect(personIn(surroundings)).toMatchObject({ refreshToken: 'third-refresh' });
  });

  it('that can’t be renewed any more ends the session', async () => {
    const { person, surroundings, clock, asked } = await signedIn(
      Response.json({ error: 'invalid_grant' }, { status: 400 }),
    );
    const over: string[] = [];
    clock.nowMs += 15 * MINUTE_MS;
    const token = tokenOf(person, surroundings, () => over.push('over'));
    await expect(token()).rejects.toMatchObject({ problem: { code: 'sign_in.refused' } });
    await expect(token()).rejects.toMatchObject({ problem: { code: 'sign_in.refused' } });
    expect(over).toEqual(['over']);
    expect(asked).toHaveLength(2);
    expect(personIn(surroundings)).toBeUndefined();
  });

  it('that can’t be renewed now can be renewed later', async () => {
    const { person, surroundings, clock } = await signedIn(
      new TypeError('Failed to fetch'),
      granted('second'),
    );
    clock.nowMs += 15 * MINUTE_MS;
    const token = tokenOf(person, surroundings, never);
    await expect(token()).rejects.toMatchObject({ problem: { code: 'unreachable' } });
    expect(await token()).toBe('second-access');
  });
});

describe('Signing out', () => {
  it.each([new Response(null, { status: 200 }), new TypeError('Failed to fetch')])(
    'forgets the person here, ends the renewals and leads to where it is forgotten, too (%#)',
    async (answer) => {
      const { surroundings, items, asked } = await signedIn(answer);
      const address = new URL((await addressToSignOut(surroundings)) ?? '');
      expect(items.size).toBe(0);
      expect(asked.at(-1)).toEqual({
        url: 'https://sign-in.example/oauth2/revoke',
        fields: { token: 'first-refresh', client_id: 'client-1' },
      });
      expect(`${address.origin}${address.pathname}`).toBe('https://sign-in.example/logout');
      expect(Object.fromEntries(address.searchParams)).toEqual({
        ...{ client_id: 'client-1', logout_uri: ADDRESS },
      });
    },
  );

  it('leads nowhere who came with a key', async () => {
    expect(await addressToSignOut(open().surroundings)).toBeUndefined();
  });
});
