import type { EscrowEvent } from '../../../events/index.ts';
import type { JournalEntry } from '../../../events/ledger/journal-entry.v1.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import { assertBalanced, credit, debit, entry } from '../../../src/ledger/journal.ts';
import { journaledStore } from '../../../src/ledger/journaled-store.ts';
import { journalize } from '../../../src/ledger/journalize.ts';
import { money } from '../../../src/money/money.ts';
import { isCodedError } from '../../../src/platform/errors.ts';
import { marketplaceId, story, tradeId } from '../../support/builders.ts';

const usd = (minor: bigint) => money('USD', minor);

/** The code and the message that the act fails with. */
const failureOf = (act: () => unknown): string => {
  try {
    act();
    return 'none';
  } catch (error) {
    return isCodedError(error) ? `${error.code}: ${error.message}` : 'not coded';
  }
};

describe('A leg', () => {
  it('has a positive sign on the debit side and a negative one on the credit side', () => {
    const leg = { account: '2100', currency: 'USD', scope: tradeId };
    expect(debit('2100', usd(5n), tradeId)).toStrictEqual({ ...leg, amountMinor: 5n });
    expect(credit('2100', usd(5n), tradeId)).toStrictEqual({ ...leg, amountMinor: -5n });
  });

  it('has no scope where its account has one owner', () => {
    const leg = { account: '1100', currency: 'USD', amountMinor: 5n };
    expect(debit('1100', usd(5n))).toStrictEqual(leg);
  });
});

describe('A journal entry', () => {
  it('that does not balance is never made', () => {
    expect(failureOf(() => entry('release', debit('1100', usd(5n)), credit('4000', usd(4n))))).toBe(
      'ledger.unbalanced: release is off by 1 USD minor units.',
    );
  });

  it('leaves out legs of nothing, and is none where nothing is left', () => {
    expect(
      entry('release', debit('1100', usd(5n)), credit('4000', usd(0n)), credit('1400', usd(5n)))
        ?.legs,
    ).toHaveLength(2);
    expect(entry('release', debit('1100', usd(0n)), credit('4000', usd(0n)))).toBeUndefined();
  });

  const legs = (...list: JournalEntry['legs']): JournalEntry => ({ kind: 'capture', legs: list });
  const malformed = (why: string) => `ledger.malformed_entry: capture ${why}.`;
  it.each([
    {
      what: 'is off by one',
      entry: legs(debit('1100', usd(5n)), credit('4000', usd(4n))),
      failure: 'ledger.unbalanced: capture is off by 1 USD minor units.',
    },
    {
      what: 'balances only across currencies',
      entry: legs(debit('1100', usd(5n)), credit('4000', money('EUR', 5n))),
      failure: 'ledger.unbalanced: capture is off by 5 USD minor units.',
    },
    {
      what: 'has one leg',
      entry: legs(debit('1100', usd(5n))),
      failure: malformed('has fewer than two legs'),
    },
    { what: 'has none', entry: legs(), failure: malformed('has fewer than two legs') },
    {
      what: 'has a leg of zero',
      entry: legs(debit('1100', usd(0n)), credit('4000', usd(0n))),
      failure: malformed('has a leg of zero'),
    },
    {
      what: 'names an account that the chart lacks',
      entry: legs({ account: '9999', currency: 'USD', amountMinor: 5n }, credit('4000', usd(5n))),
      failure: malformed('names account 9999, which the chart lacks'),
    },
    {
      what: 'lacks a scope',
      entry: legs(debit('2100', usd(5n)), credit('4000', usd(5n))),
      failure: malformed('must name a scope on 2100 exactly where the chart keeps one'),
    },
    {
      what: 'has a scope too many',
      entry: legs(debit('1100', usd(5n), tradeId), credit('4000', usd(5n))),
      failure: malformed('must name a scope on 1100 exactly where the chart keeps one'),
    },
  ])('that $what is refused', ({ entry: refused, failure }) => {
    expect(failureOf(() => assertBalanced(refused))).toBe(failure);
  });
});

describe('The store that contexts decide against', () => {
  const streamId = `escrow#${tradeId}`;
  const decision = {
    ...{ streamId, sequence: 1, recordedAt: '2026-11-23T08:00:00.000Z', tradeId, marketplaceId },
    cause: 'test',
    events: [story.escrowFunded] as readonly EscrowEvent[],
  };

  it('writes the journal with the events, in one record', async () => {
    const records = inMemoryRecordStore<EscrowEvent>();
    await journaledStore(records).append(decision);
    expect(records.all()).toEqual([{ ...decision, journal: journalize(story.escrowFunded) }]);
  });

  it('refuses to read a record whose journal does not balance', async () => {
    const records = inMemoryRecordStore<EscrowEvent>();
    const journal: JournalEntry[] = [
      { kind: 'capture', legs: [debit('1100', usd(5n)), credit('4000', usd(4n))] },
    ];
    await records.append({ ...decision, journal });
    await expect(journaledStore(records).load(streamId)).rejects.toMatchObject({
      code: 'ledger.unbalanced',
      retryable: false,
    });
  });
});
