import { inMemorySettlementCurrencies } from '../../../src/adapters/in-memory/settlement-currencies.ts';
import type { CurrencyCode } from '../../../src/money/currency.ts';
import { money } from '../../../src/money/money.ts';
import {
  noteSettlementCurrency,
  type SettlementCurrencies,
  type SettlementCurrencyChange,
} from '../../../src/process/note-settlement-currency.ts';
import { story } from '../../support/builders.ts';
import { eventsTo } from './routed.ts';

type Funded = typeof story.escrowFunded;

/** A charge in one currency that settled in another, in so many minutes of the day. */
const charge = (
  charged: CurrencyCode,
  settled: CurrencyCode,
  minute: number,
  more: Partial<Funded> = {},
): Funded => ({
  ...story.escrowFunded,
  tradeId: `trd_${minute}`,
  received: money(charged, 100_00n),
  settled: money(settled, 110_00n),
  fee: money(settled, 2_00n),
  capturedAt: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString(),
  ...more,
});

/** Charges as they come, one after another; what a person is told, and what the store was asked. */
function setUp(
  change: (store: SettlementCurrencies) => Partial<SettlementCurrencies> = () => ({}),
) {
  const asked: string[] = [];
  const told: SettlementCurrencyChange[] = [];
  const store = inMemorySettlementCurrencies();
  const changed = { ...store, ...change(store) };
  const note = noteSettlementCurrency({
    currencies: {
      find: (charged) => {
        asked.push(`find ${charged}`);
        return changed.find(charged);
      },
      replace: (charged, by) => {
        asked.push(`replace ${charged}`);
        return changed.replace(charged, by);
      },
    },
    tell: (one) => told.push(one),
  });
  const come = async (...charges: readonly Funded[]) => {
    for (const one of charges) await note(eventsTo('projection', one));
  };
  return { ...{ asked, told, store, note, come } };
}

const change = (from: CurrencyCode, to: CurrencyCode, minute: number) =>
  expect.objectContaining({ charged: 'EUR', from, to, tradeId: `trd_${minute}` });

describe('The currency that charges settle in', () => {
  it('is told to a person when it changes, once, with the trade that showed it', async () => {
    const { come, told } = setUp();
    await come(charge('EUR', 'EUR', 1), charge('EUR', 'EUR', 2));
    await come(charge('EUR', 'USD', 3), charge('EUR', 'USD', 4));
    expect(told).toEqual([
      {
        charged: 'EUR',
        from: 'EUR',
        to: 'USD',
        tradeId: 'trd_3',
        capturedAt: '2026-07-01T09:03:00.000Z',
      },
    ]);
  });

  it('is told again when it changes back', async () => {
    const { come, told } = setUp();
    await come(charge('EUR', 'EUR', 1), charge('EUR', 'USD', 2), charge('EUR', 'EUR', 3));
    expect(told).toEqual([change('EUR', 'USD', 2), change('USD', 'EUR', 3)]);
  });

  it('is no change at the first charge of a currency', async () => {
    const { come, told } = setUp();
    await come(charge('EUR', 'USD', 1));
    expect(told).toEqual([]);
  });

  it('is of each charged currency alone', async () => {
    const { come, told } = setUp();
    await come(charge('EUR', 'EUR', 1), charge('GBP', 'USD', 2), charge('EUR', 'EUR', 3));
    expect(told).toEqual([]);
  });

  it('counts once, however often the charge that changed it is delivered', async () => {
    const { come, told } = setUp();
    const changing = charge('EUR', 'USD', 2);
    await come(charge('EUR', 'EUR', 1), changing, changing, charge('EUR', 'USD', 3), changing);
    expect(told).toHaveLength(1);
  });

  it('is not what an older charge says that comes late', async () => {
    const { come, told, store } = setUp();
    await come(charge('EUR', 'EUR', 1), charge('EUR', 'USD', 5), charge('EUR', 'EUR', 4));
    await come(charge('EUR', 'USD', 6));
    expect(told).toEqual([change('EUR', 'USD', 5)]);
    expect(await store.find('EUR')).toEqual({
      settled: 'USD',
      capturedAt: '2026-07-01T09:05:00.000Z',
    });
  });

  it('is not what another charge of the same instant says: neither is the newer one', async () => {
    const { come, told } = setUp();
    await come(charge('EUR', 'EUR', 1), charge('EUR', 'USD', 1));
    expect(told).toEqual([]);
  });

  it('compares instants, not their text', async () => {
    const { come, told } = setUp();
    await come(
      charge('EUR', 'EUR', 1, { capturedAt: '2026-07-01T09:01:00Z' }),
      charge('EUR', 'USD', 2, { capturedAt: '2026-07-01T09:01:00.500Z' }),
    );
    expect(told).toEqual([change('EUR', 'USD', 2)]);
  });

  it('costs one read, and no write, while it stays', async () => {
    const { come, asked } = setUp();
    await come(charge('EUR', 'EUR', 1));
    expect(asked.splice(0)).toEqual(['find EUR', 'replace EUR']);
    await come(charge('EUR', 'EUR', 2), charge('EUR', 'EUR', 3));
    expect(asked).toEqual(['find EUR', 'find EUR']);
  });
});

describe('What settled by no charge', () => {
  it('says nothing of it where receipts paid the trade', async () => {
    const { come, told, asked } = setUp();
    const receipts = { receiptIds: ['rcp_1'] };
    await come(charge('EUR', 'USD', 1), charge('EUR', 'EUR', 2, receipts));
    await come(charge('EUR', 'USD', 3));
    expect(told).toEqual([]);
    expect(asked).toEqual(['find EUR', 'replace EUR', 'find EUR']);
  });

  it('leaves it to the charge of the rest where receipts paid a part', async () => {
    const { come, told } = setUp();
    const byReceipts = money('EUR', 40_00n);
    await come(charge('EUR', 'EUR', 1), charge('EUR', 'USD', 2, { byReceipts }));
    expect(told).toEqual([change('EUR', 'USD', 2)]);
  });

  it('asks the store nothing where no trade was funded', async () => {
    const { note, asked } = setUp();
    await note(eventsTo('projection', story.fundsConverted));
    expect(asked).toEqual([]);
  });
});

describe('Two charges at once', () => {
  it('tell a change once, where both show it', async () => {
    const { note, come, told } = setUp();
    await come(charge('EUR', 'EUR', 1));
    await Promise.all(
      [2, 3, 4, 5].map((minute) => note(eventsTo('projection', charge('EUR', 'USD', minute)))),
    );
    expect(told).toHaveLength(1);
  });

  it('are one, where a charge is delivered twice at once', async () => {
    const { note, come, told } = setUp();
    await come(charge('EUR', 'EUR', 1));
    const message = eventsTo('projection', charge('EUR', 'USD', 2));
    await Promise.all([note(message), note(message), note(message)]);
    expect(told).toEqual([change('EUR', 'USD', 2)]);
  });

  it('look again where the other one wrote first, and tell what differs from that', async () => {
    const other = { settled: 'GBP', capturedAt: '2026-07-01T09:02:00.000Z' } as const;
    let isFirst = true;
    const { come, told, store } = setUp((inner) => ({
      replace: async (charged, by) => {
        if (by.next.settled === 'USD' && isFirst) {
          isFirst = false;
          await inner.replace(charged, { known: by.known, next: other });
        }
        return inner.replace(charged, by);
      },
    }));
    await come(charge('EUR', 'EUR', 1), charge('EUR', 'USD', 3));
    expect(told).toEqual([change('GBP', 'USD', 3)]);
    expect(await store.find('EUR')).toMatchObject({ settled: 'USD' });
  });

  it('are no change where they are the first of their currency, and the older one lost', async () => {
    const newer = { settled: 'USD', capturedAt: '2026-07-01T09:02:00.000Z' } as const;
    let isFirst = true;
    const { come, told, store } = setUp((inner) => ({
      replace: async (charged, by) => {
        if (isFirst) {
          isFirst = false;
          await inner.replace(charged, { known: undefined, next: newer });
        }
        return inner.replace(charged, by);
      },
    }));
    await come(charge('EUR', 'EUR', 1));
    expect(told).toEqual([]);
    expect(await store.find('EUR')).toEqual(newer);
  });
});

describe('A store that does not answer', () => {
  it('fails the message, which is then delivered again, and tells nothing', async () => {
    let isDown = true;
    const { come, told } = setUp((inner) => ({
      replace: async (charged, by) => {
        if (by.next.settled === 'USD' && isDown) throw new Error('No answer.');
        return inner.replace(charged, by);
      },
    }));
    await come(charge('EUR', 'EUR', 1));
    await expect(come(charge('EUR', 'USD', 2))).rejects.toThrow('No answer.');
    expect(told).toEqual([]);
    isDown = false;
    await come(charge('EUR', 'USD', 2));
    expect(told).toEqual([change('EUR', 'USD', 2)]);
  });
});
