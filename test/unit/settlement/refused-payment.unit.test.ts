import type { PayoutEvent } from '../../../events/index.ts';
import { story } from '../../support/builders.ts';
import { given } from './payout-matrix.ts';
import { at, own, payoutFailed, payoutReissued, transferId } from './payout-states.ts';

const { payoutRequested, payoutSubmitted } = story;
const refused: PayoutEvent = { ...payoutFailed, transferId };
const fail = { type: 'RecordFailure', attempt: 1, code: 'AC01', at } as const;

describe('A payment that the bank refuses', () => {
  it('is named by the failure', () => {
    given(payoutRequested, payoutSubmitted)
      .when({ ...fail, transferId })
      .thenEvents({ ...payoutFailed, code: 'AC01', transferId, failedAt: at });
  });

  it('is not sent anew by a late word that it was sent', () => {
    given(payoutRequested, payoutSubmitted, refused)
      .when({ type: 'RecordSubmission', transferId, attempt: 1, at })
      .thenNothing();
  });

  it('comes back only once it is known that it was debited all the same', () => {
    const back = {
      type: 'RecordReturn',
      transferId,
      returned: own.amount,
      limits: {},
      code: 'AC04',
      at,
    } as const;
    const history = [payoutRequested, payoutSubmitted, refused];
    given(...history)
      .when(back)
      .thenTooEarly('payout.not_debited');
    const { decision } = given(...history).when({ type: 'RecordSettlement', transferId, at });
    const paid = decision.kind === 'decided' ? decision.events : [];
    expect(given(...history, ...paid).when(back).decision).toMatchObject({
      events: [{ type: 'PayoutReturned', attempt: 2, transferId }],
    });
  });

  it('is the payment that it was, though a later attempt goes on with it', () => {
    const adopted = [payoutRequested, payoutFailed, payoutReissued, payoutSubmitted];
    given(...adopted)
      .when({ ...fail, transferId })
      .thenEvents({ ...payoutFailed, attempt: 2, code: 'AC01', transferId, failedAt: at });
    const again: PayoutEvent = { ...refused, attempt: 2 };
    const { decision } = given(...adopted, again).when({
      ...{ type: 'RecordSettlement', transferId, attempt: 1, at },
    });
    expect(decision).toMatchObject({
      events: [{ type: 'PayoutReissued', attempt: 3 }, { transferId }, { type: 'PayoutSettled' }],
    });
  });
});
