import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';

/** `blocked-funds` found one entry that held both currencies of a trade that was blocked while it was paid. */
describe('What a block catches in two currencies', () => {
  const both = { held: money('USD', 1_150_000n), clearing: money('EUR', -1_024_674n) };

  it.each([
    { ...story.fundsBlocked, ...both },
    { ...story.blockedFundsAdjusted, ...both },
    { ...story.fundsUnblocked, ...both },
  ])('is an entry for each of them: $type', (event) => {
    const currencies = journalize(event).map(({ legs }) =>
      [...new Set(legs.map(({ currency }) => currency))].join(),
    );
    expect(currencies).toEqual(['USD', 'EUR']);
  });
});
