import { openTrade } from '../../../src/escrow/open-trade.ts';
import { money } from '../../../src/money/money.ts';
import { refusalOfPayout } from '../../../src/process/payable-seller.ts';
import { type Corridor, DEFAULT_CORRIDORS } from '../../../src/settlement/corridors.ts';
import { story } from '../../support/builders.ts';
import { escrowDesk, storyProposal } from '../escrow/desk.ts';

const byBank: readonly Corridor[] = [{ country: 'US', currency: 'USD', rails: ['bank_file'] }];
const { seller, amount } = story.tradeOpened;

describe('A seller whose corridor no rail serves', () => {
  it('is told from the country, the currency and the kind of account', () => {
    expect(refusalOfPayout(byBank, { seller, amount })).toMatchObject({
      code: 'payout.corridor_unserved',
      errors: [{ pointer: '/parties/seller/payoutAccountId' }],
    });
    const bank = { ...seller, payoutAccountId: 'bank_1' };
    expect(refusalOfPayout(byBank, { seller: bank, amount })).toBeUndefined();
    const pounds = money('GBP', 1n);
    expect(refusalOfPayout(byBank, { seller, amount: pounds })).toBeUndefined();
    const korean = { ...seller, country: 'KR' };
    expect(refusalOfPayout(byBank, { seller: korean, amount })).toBeUndefined();
    expect(refusalOfPayout(DEFAULT_CORRIDORS, { seller, amount })).toBeUndefined();
  });

  it('opens no trade and no payment; a trade that is open already is answered again', async () => {
    const desk = escrowDesk();
    await desk.ready();
    const served = { corridors: DEFAULT_CORRIDORS };
    const ports = {
      ...desk.ports,
      refusalOfPayout: (terms: typeof storyProposal) => refusalOfPayout(served.corridors, terms),
    };
    served.corridors = byBank;
    expect(await openTrade(ports, storyProposal)).toMatchObject({
      ...{ kind: 'refused', code: 'payout.corridor_unserved' },
    });
    expect([desk.types(), desk.payments.created()]).toEqual([[], 0]);
    served.corridors = DEFAULT_CORRIDORS;
    await openTrade(ports, storyProposal);
    served.corridors = byBank;
    expect(await openTrade(ports, storyProposal)).toMatchObject({ kind: 'opened', replayed: true });
  });
});
