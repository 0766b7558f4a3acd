import { cognitoPeople } from '../../../src/adapters/cognito/people.ts';
import { personOf } from '../../../src/parties/person.ts';
import {
  accessClaims,
  CLIENT,
  type Claims,
  createSigner,
  inSeconds,
  POOL,
  publishedKeys,
  SUBJECT,
} from '../../support/user-pool.ts';

const pool = createSigner('key-1');
const forger = createSigner('key-1');

const open = (keys: () => readonly object[] | undefined = () => [pool.jwk]) => {
  const { asked, jwksCache } = publishedKeys(keys);
  const options = { userPoolId: POOL, clientId: CLIENT, marketplaceId: 'mkt_acme', jwksCache };
  return { asked, people: cognitoPeople(options) };
};
const find = (token: string) => open().people.find(token);

describe('A person with a token of the pool', () => {
  it('is of the marketplace, is themself, and may do what their groups say', async () => {
    expect(await find(pool.sign(accessClaims()))).toEqual({
      ...{ marketplaceId: 'mkt_acme', scopes: ['finance:read', 'finance:post'] },
      personId: `usr_${SUBJECT}`,
    });
  });

  it('who is in no group may do nothing', async () => {
    const { 'cognito:groups': _, ...claims } = accessClaims();
    expect(await find(pool.sign(claims))).toMatchObject({ scopes: [] });
  });

  it('gets nothing of a group that is no scope of finance', () => {
    const groups = ['checkout', 'compliance:write', 'finance:read', 'finance:*', 'admin'];
    expect(personOf({ subject: SUBJECT, groups }, 'mkt_acme').scopes).toEqual(['finance:read']);
  });

  it('is told apart from every other', async () => {
    const other = '9c1e3b5a-0f6b-4c58-7d1a-6d7e8f902c1e';
    const [one, two] = await Promise.all(
      [SUBJECT, other].map((sub) => find(pool.sign(accessClaims({ sub })))),
    );
    expect(one?.personId).not.toBe(two?.personId);
  });

  it('makes the pool be asked for its keys once', async () => {
    const { asked, people } = open();
    await people.find(pool.sign(accessClaims()));
    await people.find(pool.sign(accessClaims()));
    expect(asked.times).toBe(1);
  });
});

describe('A token', () => {
  it.each<[string, Claims]>([
    ['that is over', { exp: inSeconds(-1) }],
    ['that does not count yet', { nbf: inSeconds(60) }],
    ['for another client', { client_id: 'another' }],
    ['for the page and not for the API', { token_use: 'id', aud: CLIENT, client_id: undefined }],
    [
      'of another pool',
      { iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Other0000' },
    ],
    ['of whoever', { iss: 'https://pool.example' }],
  ])('%s is nobody’s', async (_what, claims) => {
    expect(await find(pool.sign(accessClaims(claims)))).toBeUndefined();
  });

  it('signed by another key is nobody’s', async () => {
    expect(await find(forger.sign(accessClaims()))).toBeUndefined();
  });

  it('whose claims were changed is nobody’s', async () => {
    const [header, , signature] = pool.sign(accessClaims()).split('.');
    const claims = accessClaims({ 'cognito:groups': ['finance:close'] });
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url');
    expect(await find(`${header}.${changed}.${signature}`)).toBeUndefined();
  });

  it.each([{ alg: 'none' }, { alg: 'HS256' }, { kid: undefined }])(
    'with the header %j is nobody’s',
    async (header) => {
      expect(await find(pool.sign(accessClaims(), header))).toBeUndefined();
    },
  );

  it.each(['', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', 'tl_key'])('%j is nobody’s', async (token) => {
    expect(await find(token)).toBeUndefined();
  });

  it('by a key that the pool does not publish is nobody’s, and is not asked about again at once', async () => {
    const { asked, people } = open();
    const unknown = createSigner('key-9').sign(accessClaims());
    expect(await people.find(unknown)).toBeUndefined();
    await expect(people.find(unknown)).rejects.toMatchObject({
      ...{ code: 'sign_in.keys_unavailable', retryable: true },
    });
    expect(asked.times).toBe(1);
    expect(await people.find(pool.sign(accessClaims()))).toBeDefined();
  });

  it('by a key that the pool has published since is a person’s', async () => {
    const next = createSigner('key-2');
    const published = [pool.jwk];
    const { people } = open(() => published);
    await people.find(pool.sign(accessClaims()));
    published.push(next.jwk);
    expect(await people.find(next.sign(accessClaims()))).toMatchObject({
      personId: `usr_${SUBJECT}`,
    });
  });

  it.each([undefined, ['not', 'keys']])(
    'can’t be told while the pool answers %p, and can afterwards',
    async (answer) => {
      let published: readonly unknown[] | undefined = answer;
      const { people } = open(() => published as readonly object[] | undefined);
      const token = pool.sign(accessClaims());
      await expect(people.find(token)).rejects.toMatchObject({
        ...{ code: 'sign_in.keys_unavailable', retryable: true },
      });
      published = [pool.jwk];
      expect(await people.find(token)).toBeDefined();
    },
  );
});
