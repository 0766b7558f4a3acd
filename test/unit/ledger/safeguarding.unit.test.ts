import type { TradelaneEvent } from '../../../events/index.ts';
import { balancesOf, emptyBalance } from '../../../src/ledger/balances.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { safeguardingOf } from '../../../src/ledger/safeguarding.ts';
import { money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';

const usd = (minor: bigint) => money('USD', minor);
const eur = (minor: bigint) => money('EUR', minor);

const test = (...events: readonly TradelaneEvent[]) =>
  Object.fromEntries(
    safeguardingOf(balancesOf(events.flatMap(journalize))).map((each) => [each.currency, each]),
  );

/** The worked order at a provider that settles in euros: paid, converted, paid out to the bank. */
const captured = {
  ...story.escrowFunded,
  ...{ received: eur(987_930n), settled: eur(987_930n), fee: eur(14_844n) },
};
const converted = {
  ...story.fundsConverted,
  ...{ received: eur(987_930n), settled: eur(987_930n) },
  ...{ midSell: eur(982_990n), spread: eur(4_940n) },
};
const covered = [captured, converted, story.pspPayoutReceived, story.coverTraded];

describe('Whether clients’ money is there', () => {
  it('is tested with the open position on the asset side, on a line of its own', () => {
    const { EUR, USD } = test(captured, converted);
    expect(EUR).toMatchObject({ coverMinor: 973_086n, owedMinor: 0n, positionMinor: -982_990n });
    expect(USD).toMatchObject({
      ...{ coverMinor: 0n, owedMinor: 1_150_000n, positionMinor: 1_150_000n },
      shortfallMinor: 0n,
    });
  });

  it('fails by the provider’s fee and the cover’s loss, until own money makes them good', () => {
    expect(test(...covered)['EUR']).toMatchObject({ shortfallMinor: 9_904n + 757n });
    const topUp = (minor: bigint) => ({ ...story.ownFundsMoved, amount: eur(minor) });
    expect(test(...covered, topUp(9_904n))['EUR']).toMatchObject({ shortfallMinor: 757n });
    expect(test(...covered, topUp(9_904n), topUp(757n))).toMatchObject({
      EUR: { shortfallMinor: 0n },
      USD: { shortfallMinor: 0n, owedMinor: 1_150_000n, segregatedMinor: 1_150_000n },
    });
  });

  it('fails by what a buyer’s bank took', () => {
    const before = [story.escrowFunded, story.fundsConverted];
    expect(test(...before)['USD']?.shortfallMinor).toBe(11_525n);
    const { USD } = test(...before, story.chargebackOpened);
    expect(USD?.shortfallMinor).toBe(11_525n + 1_160_000n + 2_000n);
  });

  it('counts money at the provider, and says what would be missing without it', () => {
    const { USD } = test(story.escrowFunded, story.fundsConverted);
    expect(USD).toMatchObject({ segregatedMinor: 0n, segregatedShortfallMinor: 1_150_000n });
  });

  it('counts what waits in suspense, and not the platform’s own account', () => {
    expect(test(story.receiptSuspended)['USD']).toMatchObject({
      ...{ coverMinor: 250_000n, owedMinor: 250_000n, shortfallMinor: 0n },
    });
    expect(test(story.ownFundsMoved)['EUR']).toMatchObject({ coverMinor: 9_904n, owedMinor: 0n });
  });

  const standing = (debits: Readonly<Record<string, bigint>>) =>
    safeguardingOf(
      Object.entries(debits).map(([account, debitMinor]) => ({
        ...emptyBalance(account, 'USD'),
        debitMinor,
      })),
    )[0];

  it('lacks what is owed beyond the money held and the open position', () => {
    expect(standing({ 1100: 40n, 1200: 50n, 1400: 20n, 2100: -120n })).toMatchObject({
      ...{ shortfallMinor: 10n, segregatedShortfallMinor: 50n },
    });
    expect(standing({ 1100: 40n, 1200: 50n, 1400: -20n, 2100: -120n })).toMatchObject({
      ...{ shortfallMinor: 50n, segregatedShortfallMinor: 90n },
    });
  });

  it('lacks nothing where there is more than is owed: a surplus is no shortfall', () => {
    expect(standing({ 1200: 150n, 2100: -120n })).toMatchObject({
      ...{ shortfallMinor: 0n, segregatedShortfallMinor: 0n },
    });
  });

  it('is tested apart for each currency, in their order', () => {
    const balances = balancesOf(
      [usd(1n), eur(1n)].map((amount) => ({
        kind: 'receipt_suspended' as const,
        legs: [
          { account: '1200', currency: amount.currency, amountMinor: 1n },
          { account: '2900', currency: amount.currency, amountMinor: -1n, scope: 'r' },
          { account: '9999', currency: amount.currency, amountMinor: 0n },
        ],
      })),
    );
    expect(safeguardingOf(balances).map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    expect(safeguardingOf(balances.toReversed())).toEqual(safeguardingOf(balances));
  });
});
