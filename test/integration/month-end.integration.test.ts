import { monthEndProblems, playMonthEnd } from '../../local/cli/month-end/play.ts';
import { withStack } from '../support/stack.ts';

const stack = withStack({
  ...{ inspectionPeriodSeconds: 2, deliveryGraceSeconds: 1, payoutBatchWindowSeconds: 2 },
  deadlinesEveryMs: 500,
});

describe('a month with troubles', () => {
  it('finds exactly what was planted, resolves it through the API, and is locked', async () => {
    const local = {
      ...stack(),
      stripe: stack().stripeProvider,
      easypost: stack().easypostProvider,
    };
    const result = await playMonthEnd(local, {
      signal: new AbortController().signal,
      tell: () => undefined,
    });
    expect(monthEndProblems(result)).toEqual([]);
    expect(result).toMatchObject({
      found: {
        ...{ 'D missing': 2, 'D duplicate': 1, 'D over': 1, 'D returned': 1 },
        ...{ 'E unexpected': 1, 'A under': 1, 'F under': 1, 'G under': 1 },
      },
      resolved: { written_off: 3, sent_back: 1, cleared: 3 },
      ...{ explained: 2, tolerated: 1, status: 'locked', deadLetters: 0 },
      checks: { trial_balance: 'green', breaks: 'itemized', statements: 'green' },
    });
  });
});
