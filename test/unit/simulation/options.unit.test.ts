import fc from 'fast-check';
import { type Case, faultsOf, replayCommand } from '../../simulation/cli-case.ts';
import { readSimulateOptions } from '../../simulation/cli-options.ts';
import { jobsOf } from '../../simulation/cli-run.ts';
import { calm, FAULT_NAMES, stormy } from '../../simulation/faults.ts';
import { SCENARIOS } from '../../simulation/scenarios/index.ts';

const fault = fc.constantFrom(...FAULT_NAMES);
const scenario = fc.constantFrom(...SCENARIOS.map(({ name }) => name));
const ordinals = fc.uniqueArray(fc.nat(19), { minLength: 1, maxLength: 5 });

const cases: fc.Arbitrary<Case> = fc
  .record({
    seed: fc.nat(4_294_967_295),
    trades: fc.integer({ min: 1, max: 20 }),
    weather: fc.record({
      calm: fc.boolean(),
      factor: fc.constantFrom(0, 0.5, 1, 3),
      without: fc.uniqueArray(fault, { maxLength: 3 }),
    }),
    scenarios: fc.uniqueArray(scenario, { minLength: 1, maxLength: 3 }),
    only: ordinals,
    crashAt: ordinals,
  })
  .map(({ weather, ...world }) => ({
    ...world,
    weather: weather.calm ? { ...weather, factor: 1 } : weather,
  }));

const argumentsOf = (command: string): readonly string[] =>
  command.split(' ').slice('npm run simulate --'.split(' ').length);

describe('The line that replays a case', () => {
  it('gives the case back, whatever it is', () => {
    fc.assert(
      fc.property(cases, (world) => {
        const options = readSimulateOptions(argumentsOf(replayCommand(world)));
        expect(options).toMatchObject({ mode: 'replay', world });
      }),
    );
  });

  it('keeps rates that were given', () => {
    const weather = { calm: false, factor: 1, without: [], rates: { crash: 0.5, delay: 0 } };
    const { world } = readSimulateOptions(
      argumentsOf(replayCommand({ seed: 1, trades: 2, weather })),
    );
    expect(world.weather).toEqual(weather);
  });
});

describe('The options of npm run simulate', () => {
  it('are a stormy run of a thousand trades by themselves', () => {
    const { mode, world } = readSimulateOptions([]);
    expect(mode).toBe('run');
    expect(world).toMatchObject({ seed: 1, trades: 1_000 });
    expect(faultsOf(world.weather)).toEqual(stormy);
  });

  it.each([
    { args: ['--calm'], faults: calm },
    { args: ['--faults', '0'], faults: calm },
    { args: ['--faults', '2'], faults: { crash: 2 * stormy.crash, clockSkew: 1 } },
    { args: ['--rate', 'crash=0.5'], faults: { crash: 0.5, delay: stormy.delay } },
    { args: ['--calm', '--rate', 'crash=0.5'], faults: { ...calm, crash: 0.5 } },
    { args: ['--without', 'crash,delay'], faults: { crash: 0, delay: 0, zombie: stormy.zombie } },
  ])('$args set the chances of faults', ({ args, faults }) => {
    expect(faultsOf(readSimulateOptions(args).world.weather)).toMatchObject(faults);
  });

  it('take every scenario by one word', () => {
    const { world } = readSimulateOptions(['--enumerate', '--scenario', 'all']);
    expect(world.scenarios).toEqual(SCENARIOS.map(({ name }) => name));
  });

  it('crash at pairs too, unless they are told not to', () => {
    expect(readSimulateOptions(['--enumerate'])).toMatchObject({ mode: 'enumerate', pairs: true });
    expect(readSimulateOptions(['--enumerate', '--single'])).toMatchObject({ pairs: false });
  });

  it.each([
    { args: ['--seed', 'x'], says: "--seed takes a whole number from 0 to 4294967295, not 'x'." },
    { args: ['--seed', '4294967296'], says: 'from 0 to 4294967295' },
    { args: ['--faults=-1'], says: "--faults takes a number, not '-1'." },
    { args: ['--rate', 'crash=2'], says: '--rate takes chances from 0 to 1' },
    { args: ['--rate', 'crash'], says: '--rate takes chances from 0 to 1' },
    { args: ['--rate', 'rain=0.1'], says: '--rate takes names of faults: delay' },
    { args: ['--without', 'rain'], says: '--without takes names of faults: delay' },
    { args: ['--scenario', 'rain'], says: '--scenario takes names of scenarios: happy' },
    {
      args: ['--part', '4/3'],
      says: "--part takes a part and their number, such as 2/10, not '4/3'.",
    },
    { args: ['--part', '0/3'], says: '--part takes a part' },
    { args: ['--storm'], says: "Unknown option '--storm'" },
  ])('refuse $args and say why', ({ args, says }) => {
    expect(() => readSimulateOptions(args)).toThrow(says);
  });
});

describe('The parts of a run', () => {
  const worldsOf = (trades: number, part: string): readonly number[] =>
    jobsOf(readSimulateOptions(['--trades', String(trades), '--part', part])).flatMap(
      ({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index),
    );

  it('are all of its worlds, each once, however many parts there are', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 12 }), (trades, count) => {
        const parts = Array.from({ length: count }, (_, index) => `${index + 1}/${count}`);
        const shared = parts.flatMap((part) => worldsOf(trades, part));
        expect(shared).toEqual(worldsOf(trades, '1/1'));
      }),
    );
  });
});
