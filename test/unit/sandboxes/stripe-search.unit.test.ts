import { StripeApiError } from '../../../local/sandboxes/stripe/errors.ts';
import { matchesSearch, parseSearch } from '../../../local/sandboxes/stripe/search.ts';

const searched = {
  resource: 'payment_intents',
  searchable: ['amount', 'currency', 'metadata', 'status'],
} as const;
const intent = {
  ...{ amount: 1_500, currency: 'eur', status: 'succeeded' },
  metadata: { trade_id: 'T-1 AND T-2', "o'key": 'v' },
};

const finds = (query: string) => matchesSearch(intent, parseSearch(query, searched));

describe('a search', () => {
  it.each([
    `status:'succeeded'`,
    `status:"succeeded" AND currency:"eur"`,
    `metadata['trade_id']:'T-1 AND T-2'`,
    `metadata["o'key"]:'v'`,
    `metadata['o\\'key']:'v'`,
    `status:'canceled' OR amount>1000`,
    `-status:'canceled' AND amount<=1500 AND amount>=1500`,
    `metadata['missing']:null AND -metadata['trade_id']:null`,
    `metadata['trade_id']~'t-2'`,
  ])('finds the intent by %s', (query) => {
    expect(finds(query)).toBe(true);
  });

  it.each([
    `status:'canceled'`,
    `status:'succeeded' AND amount<1500`,
    `metadata['trade_id']:'T-1'`,
    `metadata['missing']:'x'`,
    `-status:'succeeded'`,
  ])('does not find it by %s', (query) => {
    expect(finds(query)).toBe(false);
  });

  it.each([
    `status='succeeded'`,
    'status',
    `metadata:'x'`,
    `status['x']:'y'`,
    `status:'a' AND status:'b' OR status:'c'`,
    `description:'x'`,
    '',
  ])('is refused when it reads %j', (query) => {
    expect(() => finds(query)).toThrow(StripeApiError);
  });
});
