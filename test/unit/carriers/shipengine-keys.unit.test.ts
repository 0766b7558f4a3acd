import { generateKeyPairSync } from 'node:crypto';
import { cachedKeySet, keysIn } from '../../../src/adapters/carriers/shipengine/keys.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwk = (kid: string) => ({ ...publicKey.export({ format: 'jwk' }), kid });

const setUp = (...answers: (() => unknown)[]) => {
  let asked = 0;
  let seconds = 0;
  const find = cachedKeySet({
    fetchKeys: async () => answers[Math.min(asked++, answers.length - 1)]?.(),
    now: () => new Date(seconds * 1_000),
  });
  return {
    find,
    asked: () => asked,
    wait: (more: number) => {
      seconds += more;
    },
  };
};

const oldKeys = () => ({ keys: [jwk('old')] });
const bothKeys = () => ({ keys: [jwk('old'), jwk('new')] });

describe('The key set', () => {
  it('is fetched once for many webhooks', async () => {
    const { find, asked } = setUp(oldKeys);
    await Promise.all([find('old'), find('old'), find('old')]);
    expect(asked()).toBe(1);
  });

  it('is fetched again for a key that it does not have', async () => {
    const { find, asked, wait } = setUp(oldKeys, bothKeys);
    expect(await find('old')).toBeDefined();
    wait(61);
    expect(await find('new')).toBeDefined();
    expect(asked()).toBe(2);
  });

  it('is not fetched for every key that someone invents', async () => {
    const { find, asked, wait } = setUp(oldKeys);
    for (let count = 0; count < 50; count += 1) {
      expect(await find(`invented-${count}`)).toBeUndefined();
      wait(2);
    }
    expect(asked()).toBe(2);
  });

  it('is fetched again after twelve hours', async () => {
    const { find, asked, wait } = setUp(oldKeys);
    await find('old');
    wait(12 * 3_600 + 1);
    await find('old');
    expect(asked()).toBe(2);
  });

  it('still has the keys that it had where a newer set can’t be fetched', async () => {
    const { find, wait } = setUp(oldKeys, () => {
      throw new Error('unreachable');
    });
    await find('old');
    wait(61);
    const invented = find('invented');
    const known = find('old');
    await expect(invented).rejects.toThrow('unreachable');
    expect(await known).toBeDefined();
    expect(await find('old')).toBeDefined();
  });

  it('is asked for again after a failure, which the caller sees', async () => {
    const { find } = setUp(() => {
      throw new Error('unreachable');
    }, oldKeys);
    await expect(find('old')).rejects.toThrow('unreachable');
    expect(await find('old')).toBeDefined();
  });
});

it('leaves out what is no RSA key', () => {
  const others = [{ kid: 'ec', kty: 'EC' }, { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, null, 'key'];
  expect([...keysIn({ keys: [jwk('old'), ...others] }).keys()]).toEqual(['old']);
  expect(keysIn(undefined).size).toBe(0);
});
