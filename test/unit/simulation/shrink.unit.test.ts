import { CALM, type Case, runCase, STORM } from '../../simulation/cli-case.ts';
import { shrink } from '../../simulation/shrink.ts';
import type { Checks } from '../../simulation/world.ts';

/** Fails at rest for every trade of a scenario, by its id. */
const against = (scenario: string): Checks => ({
  checkRest: ({ trades }) =>
    trades
      .filter((trade) => trade.scenario === scenario)
      .map(({ tradeId }) => ({ invariant: 'dislikes', tradeId, detail: scenario })),
});

const shrunk = async (world: Case, checks: Checks) => {
  const { violations } = await runCase(world, { checks });
  return shrink({ world, violations }, checks);
};

describe('Shrinking', () => {
  it('keeps one trade and no fault where these are not what fails', async () => {
    const { world, violations } = await shrunk(
      { seed: 3, trades: 8, weather: STORM },
      against('happy'),
    );
    expect(violations).toHaveLength(1);
    expect(world.only ?? [0]).toHaveLength(1);
    expect(world.weather.without.length).toBeGreaterThan(15);
  });

  it('leaves a case alone that does not fail again', async () => {
    const world: Case = { seed: 3, trades: 1, weather: CALM };
    const violations = [{ invariant: 'gone', tradeId: null, detail: 'once', step: 1 }];
    expect(await shrink({ world, violations }, {})).toMatchObject({ world, violations });
  });
});
