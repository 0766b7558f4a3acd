import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Schedule } from '../../../local/runtime/model.ts';
import { startScheduler } from '../../../local/runtime/scheduler.ts';
import { eventually } from '../../support/eventually.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };

const schedule = (functionName: string, expression: string): Schedule => ({
  logicalId: functionName,
  name: functionName,
  arn: `arn:aws:events:us-east-1:000000000000:rule/${functionName}`,
  source: 'aws.events',
  expression,
  functionName,
});

describe('schedules', () => {
  it('do not overlap themselves, but each other, and end when they are stopped', async () => {
    const running = new Map<string, number>();
    const ticks: string[] = [];
    let most = 0;
    const scheduler = startScheduler({
      schedules: [schedule('often', 'rate(1 hour)'), schedule('seldom', 'rate(1 hour)')],
      environment,
      intervalMs: (functionName) => (functionName === 'often' ? 1 : undefined),
      invoke: async (functionName) => {
        running.set(functionName, (running.get(functionName) ?? 0) + 1);
        most = Math.max(most, ...running.values());
        await nextTurn();
        ticks.push(functionName);
        running.set(functionName, (running.get(functionName) ?? 0) - 1);
        return { ok: true, requestId: '', payload: null };
      },
    });
    await eventually(() => expect(ticks.length).toBeGreaterThan(5));
    await scheduler.stop();
    const ended = ticks.length;
    await nextTurn();
    expect([most, ticks.filter((name) => name === 'seldom').length, ticks.length]).toEqual([
      1,
      1,
      ended,
    ]);
  });
});
