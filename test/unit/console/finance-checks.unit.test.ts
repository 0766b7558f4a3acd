import { checkItemText } from '../../../console/finance/app/check-item.ts';
import { words } from '../../../console/finance/app/words.ts';

const text = (item: Readonly<Record<string, unknown>>) => checkItemText(item, words.en, 'en');

describe('An item of a month’s checklist', () => {
  it('has an account by its name, and its balance with the decimals of its currency', () => {
    const open = { account: '1400', currency: 'EUR', scope: null, balanceMinor: '45438' };
    expect(text({ ...open, since: '2026-11-27' })).toBe(
      '1400 FX position · balance 454.38\u00a0EUR · since 2026-11-27',
    );
    expect(text({ ...open, currency: 'KRW', scope: 'po_1' })).toContain('45,438\u00a0KRW');
  });

  it('says by how much clients are short', () => {
    const short = { currency: 'USD', coverMinor: '0', owedMinor: '500', shortfallMinor: '500' };
    expect(text(short)).toBe('held 0.00\u00a0USD · owed 5.00\u00a0USD · short by 5.00\u00a0USD');
  });

  it('says what positions are worth', () => {
    const position = { currency: 'KRW', amountMinor: '52724714' };
    const value = { currency: 'EUR', amountMinor: '2983720' };
    const item = { rateDate: '2026-11-26', positions: [{ position, value }], unrealized: value };
    expect(text(item)).toBe(
      'rates of 2026-11-26 · position 52,724,714\u00a0KRW · worth 29,837.20\u00a0EUR · ' +
        'unrealized result 29,837.20\u00a0EUR',
    );
  });

  it('tells a break without its ids and its clock', () => {
    const one = {
      ...{ id: 'brk_1', rec: 'E', kind: 'unexpected', left: [], right: ['lin_1'], status: 'open' },
      ...{ difference: { currency: 'EUR', amountMinor: '41200' }, since: '2026-10-15', age: '4-7' },
      ...{ raisedAt: '2026-11-27T01:19:18.059Z', explanation: 'Asked.', ageBusinessDays: 5 },
    };
    expect(text(one)).toBe(
      'E: receipts · kind Unexpected · difference 412.00\u00a0EUR · since 2026-10-15 · ' +
        'age in business days 4-7 · explained: Asked.',
    );
  });

  it('says what is wrong between two statements', () => {
    const gap = { id: 'brk_2', rec: 'H', type: 'over', currency: 'EUR', differenceMinor: '5' };
    expect(text({ ...gap, ageBand: '0-1', detail: 'It does not open as it closed.' })).toBe(
      'H: statements in a row · kind Over · difference 0.05\u00a0EUR · age in business days 0-1 · ' +
        'It does not open as it closed.',
    );
  });

  it('keeps what nobody has a word for', () => {
    expect(text({ sequence: 4, opening: 'x' })).toBe('sequence 4 · opening x');
  });
});
