import { inMacrotask } from '../../simulation/engine/microtasks.ts';
import { createRandom } from '../../simulation/engine/random.ts';
import { createScheduler } from '../../simulation/engine/scheduler.ts';
import { createTrace } from '../../simulation/engine/trace.ts';

const scheduler = () =>
  createScheduler({
    startMs: 0,
    random: createRandom(1),
    trace: createTrace(0, { withText: true }),
  });

/** Seed 931658976: a function that was stopped by its time limit was tried again by nobody. */
describe('A scheduler', () => {
  it('goes on where a timer settles the promise that somebody awaits', async () => {
    const happened = await inMacrotask(() => {
      const sim = scheduler();
      const done: string[] = [];
      const timer = new Promise<void>((resolve) => sim.at(1_000, resolve));
      const again = (): string => {
        done.push('again');
        return '';
      };
      void timer.then(() => sim.add({ task: 'bank', kind: 'again', subject: '', run: again }));
      while (sim.step());
      return done;
    });
    expect(happened).toEqual(['again']);
  });

  it('ends where there is nothing to do and nothing to wait for', async () => {
    expect(await inMacrotask(() => scheduler().step())).toBe(false);
  });
});
