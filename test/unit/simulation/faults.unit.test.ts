import { calm } from '../../simulation/faults.ts';
import { checks } from '../../simulation/invariants/index.ts';
import { runWorld } from '../../simulation/run.ts';

const lines = (trace: readonly string[], pattern: RegExp) =>
  trace.filter((line) => pattern.test(line));

describe('A function that reaches its time limit', () => {
  it('never goes on, while its effect may stand', async () => {
    const faults = { ...calm, timeout: 0.05 };
    const { trace, world, violations } = await runWorld({
      seed: 4,
      trades: 3,
      faults,
      checks,
      trace: true,
    });
    expect(world.counters.faults.timeout).toBeGreaterThan(0);
    expect(lines(trace, /took effect, never answered/).length).toBeGreaterThan(0);
    expect(violations).toEqual([]);
  });
});

describe('A deploy in mid-flight', () => {
  const deployed = (seed: number) =>
    runWorld({ seed, trades: 6, faults: { ...calm, deploy: 1 }, checks, trace: true });

  it('loses nothing and acts on nothing that the old release cannot read', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      expect((await deployed(seed)).violations).toEqual([]);
    }
  });

  it('does meet old functions with what the new ones wrote', async () => {
    const traces = await Promise.all([1, 2, 3, 4, 5, 6].map(async (seed) => deployed(seed)));
    const unread = traces.flatMap(({ trace }) =>
      lines(trace, /event_store\.unreadable_record|message\.unreadable/),
    );
    expect(unread.length).toBeGreaterThan(0);
  });
});
