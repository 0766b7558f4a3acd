import type { EscrowEvent } from '../../../events/index.ts';
import { escrowEvolution } from '../../../src/escrow/evolve.ts';
import { endsOf } from '../../../src/escrow/evolve-chargebacks.ts';
import { isFunded } from '../../../src/escrow/state.ts';
import { type Money, money } from '../../../src/money/money.ts';
import { story } from '../../support/builders.ts';
import { given, histories } from './escrow-states.ts';
import { again, openAt1300, report, taken, told, usd } from './turns.ts';

describe('A chargeback of which two turns are told together', () => {
  const won = { ...again, status: 'won' } as const;

  it('is no win while what was taken the second time is not back', () => {
    const open = told(histories.charged_back, { ...again, reinstated: usd(1_140_000n) });
    for (const reinstated of [usd(1_140_000n), taken, usd(1_180_000n)]) {
      const { decision } = given(...open).when(report({ ...won, reinstated }));
      const events = decision.kind === 'decided' ? decision.events : [];
      expect(events.map(({ type }) => type)).not.toContain('ChargebackWon');
    }
    given(...open)
      .when(report({ ...won, reinstated: usd(1_140_000n) }))
      .thenTooEarly('chargeback.funds_outstanding');
    const events = told(open, { ...won, reinstated: usd(2_300_000n) });
    expect(events.at(-1)).toMatchObject({ type: 'ChargebackWon', residual: usd(20_000n) });
    expect(openAt1300(events)).toBe(0n);
  });

  const opened = (amount: Money, withdrawn: Money) => [
    ...histories.charged_back.slice(0, -1),
    { ...story.chargebackOpened, amount, withdrawn },
  ];

  it.each([
    { back: 115_999n, type: 'ChargebackAdjusted' },
    { back: 116_000n, type: 'ChargebackAdjusted' },
    { back: 116_001n, type: 'ChargebackWon' },
  ])('is one where more than a tenth is back: $back', ({ back, type }) => {
    const events = told(opened(taken, taken), { status: 'won', reinstated: usd(back) });
    expect(events.at(-1)?.type).toBe(type);
  });

  it.each([
    { what: 'half of the charge', amount: money('EUR', 512_337n) },
    { what: 'so much in what it settled in', amount: usd(577_919n) },
  ])('is of what is disputed: $what', ({ amount }) => {
    const once = 577_919n;
    const history = opened(amount, usd(2n * once));
    const typeOf = (reinstated: bigint) =>
      told(history, {
        ...{ amount, withdrawn: usd(2n * once), status: 'won' },
        reinstated: usd(reinstated),
      }).at(-1)?.type;
    expect(typeOf(once)).toBe('ChargebackAdjusted');
    // Nine tenths of once are 520,127.1.
    expect(typeOf(once + 57_791n)).toBe('ChargebackAdjusted');
    expect(typeOf(once + 57_792n)).toBe('ChargebackWon');
  });

  it('is a win as soon as something is back where the amounts can not be compared', () => {
    const history = opened(money('GBP', 900_000n), taken);
    given(...history)
      .when(report({ status: 'won' }))
      .thenTooEarly('chargeback.funds_outstanding');
    const events = told(history, {
      status: 'won',
      reinstated: usd(1n),
    });
    expect(events.at(-1)?.type).toBe('ChargebackWon');
  });
});

describe('How often chargebacks of a trade have ended', () => {
  it('counts each time that one was won', () => {
    const ends = (...events: readonly EscrowEvent[]) => {
      const state = events.reduce(escrowEvolution.evolve, escrowEvolution.initial);
      return isFunded(state) ? endsOf(state.chargebacks) : null;
    };
    const open = told(histories.chargeback_won, again);
    const won = { ...again, status: 'won', reinstated: again.withdrawn } as const;
    const third = { ...again, withdrawn: usd(2_320_100n), reinstated: again.withdrawn };
    expect(ends(...histories.charged_back)).toBe(0);
    expect(ends(...open)).toBe(1);
    expect(ends(...told(open, won))).toBe(2);
    expect(ends(...told(open, won, third))).toBe(2);
  });
});
