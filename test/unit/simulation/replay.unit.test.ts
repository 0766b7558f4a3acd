import { calm, scaled, stormy } from '../../simulation/faults.ts';
import { runSimulation, runWorld } from '../../simulation/run.ts';
import { SCENARIOS } from '../../simulation/scenarios/index.ts';

describe('A simulated world', () => {
  it('is the same again for the same seed, step for step', async () => {
    const options = { seed: 7, trades: 6, faults: stormy, trace: true };
    const [first, again] = [await runWorld(options), await runWorld(options)];
    expect(again.traceHash).toBe(first.traceHash);
    expect(again.trace).toEqual(first.trace);
    expect(again.trace).toHaveLength(first.steps);
  });

  it('is another for another seed', async () => {
    const [one, other] = [
      await runWorld({ seed: 1, trades: 2 }),
      await runWorld({ seed: 2, trades: 2 }),
    ];
    expect(other.traceHash).not.toBe(one.traceHash);
  });

  it('does not change with what is traced or checked', async () => {
    const options = { seed: 3, trades: 3, faults: stormy };
    const checks = { checkStep: () => [], checkRest: () => [] };
    const [plain, watched] = [
      await runWorld(options),
      await runWorld({ ...options, trace: true, checks }),
    ];
    expect(watched.traceHash).toBe(plain.traceHash);
  });

  it.each(SCENARIOS.map(({ name }) => name))(
    'plays %s to its end when all is calm',
    async (name) => {
      const { world } = await runWorld({ seed: 5, trades: 5, faults: calm, scenarios: [name] });
      expect(world.restless).toBeNull();
      for (const trade of world.trades) {
        expect(trade).toMatchObject({ script: 'finished', scriptError: null });
        expect([...trade.ends]).toContain(world.views.trades.get(trade.tradeId)?.status ?? 'none');
      }
      expect(world.deadLetters).toEqual([]);
    },
  );

  it('comes to rest after every fault at twice the rate of a bad day', async () => {
    const { world } = await runWorld({ seed: 11, trades: 8, faults: scaled(stormy, 2) });
    expect(world.restless).toBeNull();
    expect(world.unroutedRecords()).toBe(0);
    expect(world.trades.map(({ script }) => script)).not.toContain('failed');
  });

  it('can crash at any one call', async () => {
    const options = { seed: 1, trades: 1, scenarios: ['happy'] };
    const { calls } = await runWorld(options);
    for (const at of [0, 20, calls - 1]) {
      const { world } = await runWorld({ ...options, crashAt: [at] });
      expect(world.trades[0]?.script).toBe('finished');
    }
  });
});

describe('A run', () => {
  it('plays as many trades as asked for, and counts what it met', async () => {
    const result = await runSimulation({ seed: 1, trades: 25, tradesPerWorld: 10, faults: stormy });
    expect(result).toMatchObject({ trades: 25, worlds: 3, failures: [] });
    expect(result.faults.crash).toBeGreaterThan(0);
  });

  it('reports a world that fails, by the seed that replays it', async () => {
    const violation = { invariant: 'none', tradeId: null, detail: 'as asked' };
    const checks = { checkRest: () => [violation] };
    const { failures } = await runSimulation({ seed: 1, trades: 2, checks });
    expect(failures).toEqual([
      expect.objectContaining({ trades: 2, violations: [expect.objectContaining(violation)] }),
    ]);
  });
});
