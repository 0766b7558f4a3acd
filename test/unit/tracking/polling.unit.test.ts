import * as fc from 'fast-check';
import {
  firstLookAt,
  isOverdue,
  laneBetween,
  nextAskAt,
  PollingPolicy,
  USUAL_POLLING,
  waitSeconds,
} from '../../../src/tracking/polling.ts';
import { later } from '../../support/builders.ts';

const day = 86_400;
const silentSince = '2026-11-02T10:00:00.000Z';
const koreaToGermany = {
  ...{ from: 'KR', to: 'DE', askAfterSeconds: [10, 20] },
  ...{ overdueSeconds: 50, giveUpSeconds: 100 },
};
const policy = PollingPolicy.parse({ lanes: [koreaToGermany] });

describe('The lane of a parcel', () => {
  it('is the first of the deployment that fits, else the usual one', () => {
    expect(laneBetween(policy, 'KR', 'DE')).toBe(policy.lanes[0]);
    expect(laneBetween(policy, 'DE', 'KR').askAfterSeconds[0]).toBe(2 * day);
    expect(laneBetween(policy, 'DE', 'DE').askAfterSeconds[0]).toBe(day);
  });

  it('is refused without a wait, or with one that is none', () => {
    for (const askAfterSeconds of [[], [0], [1.5]]) {
      const lanes = [{ ...koreaToGermany, askAfterSeconds }];
      expect(PollingPolicy.safeParse({ lanes }).success).toBe(false);
    }
  });
});

describe('Asking about a silent parcel', () => {
  const lane = laneBetween(policy, 'KR', 'DE');
  const ask = (asks: number, askedAt?: string) => nextAskAt(lane, { silentSince, asks, askedAt });

  it('comes later each time, and goes on with the last wait', () => {
    expect([0, 1, 2, 9].map((asks) => waitSeconds(lane, asks))).toEqual([10, 20, 20, 20]);
    expect(ask(0)).toBe(later(silentSince, 10));
    expect(ask(1, later(silentSince, 12))).toBe(later(silentSince, 32));
  });

  it('ends where the lane gives up', () => {
    expect(ask(5, later(silentSince, 80))).toBe(later(silentSince, 100));
    expect(ask(5, later(silentSince, 81))).toBeUndefined();
  });

  it('ends after a bounded number of questions, on every usual lane', () => {
    for (const [from, to] of [
      ['DE', 'DE'],
      ['KR', 'DE'],
    ] as const) {
      const usual = laneBetween(USUAL_POLLING, from, to);
      let asks = 0;
      let askedAt: string | undefined;
      for (;;) {
        const next = nextAskAt(usual, { silentSince, asks, askedAt });
        if (next === undefined) break;
        askedAt = next;
        asks += 1;
      }
      expect(asks).toBeGreaterThan(5);
      expect(asks).toBeLessThan(20);
    }
  });

  it('tells a person once the silence is longer than the lane allows', () => {
    expect(isOverdue(lane, silentSince, later(silentSince, 49))).toBe(false);
    expect(isOverdue(lane, silentSince, later(silentSince, 50))).toBe(true);
  });
});

describe('The look after news', () => {
  const anyNews = fc
    .date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString());

  it('never comes before the most impatient lane would ask, nor a quarter of its wait late', () => {
    fc.assert(
      fc.property(anyNews, (newsAt) => {
        const look = firstLookAt(USUAL_POLLING, newsAt);
        expect(look >= later(newsAt, day)).toBe(true);
        expect(look < later(newsAt, day + day / 4)).toBe(true);
      }),
    );
  });

  it('is one for news that come close together', () => {
    const looks = [0, 600, 3_600].map((s) => firstLookAt(USUAL_POLLING, later(silentSince, s)));
    expect(new Set(looks).size).toBe(1);
  });
});
