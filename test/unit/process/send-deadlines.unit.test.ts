import { type SendDeadlinesPorts, sendDeadlines } from '../../../src/process/send-deadlines.ts';
import type { Deadline } from '../../../src/process/views.ts';

const deadline = (kind: Deadline['deadline'], dueAt: string): Deadline => ({
  deadline: kind,
  tradeId: 'trd_1',
  marketplaceId: 'mkt_1',
  subjectId: 'trd_1',
  dueAt,
});

const due = [
  deadline('payment_due', '2026-11-23T11:59:00.000Z'),
  deadline('inspection_end', '2026-11-23T11:59:30.000Z'),
  deadline('payout_confirmation', '2026-11-23T11:59:40.000Z'),
];

function setUp(
  options: {
    deadlines?: readonly Deadline[];
    removalFails?: boolean;
    hasTime?: () => boolean;
  } = {},
) {
  let waiting = options.deadlines ?? due;
  const steps: string[] = [];
  const ports: SendDeadlinesPorts = {
    views: {
      dueDeadlines: async ({ limit }) => {
        steps.push('look');
        return waiting.slice(0, limit);
      },
      removeDeadlines: async (deadlines) => {
        steps.push('remove');
        if (options.removalFails === true) throw new Error('No answer.');
        waiting = waiting.filter((one) => !deadlines.includes(one));
      },
    },
    send: async (queue, messages) => {
      steps.push(...messages.map(({ messageId }) => `${queue} ${messageId}`));
    },
    now: () => new Date('2026-11-23T12:00:00.000Z'),
    hasTime: options.hasTime ?? (() => true),
  };
  return { ports, steps };
}

const sent = [
  'escrow deadline#payment_due#trd_1#2026-11-23T11:59:00.000Z',
  'escrow deadline#inspection_end#trd_1#2026-11-23T11:59:30.000Z',
  'settlement deadline#payout_confirmation#trd_1#2026-11-23T11:59:40.000Z',
];

describe('Deadlines that have passed', () => {
  it('are sent to their owners before they are forgotten', async () => {
    const { ports, steps } = setUp();
    expect(await sendDeadlines(ports)).toEqual({ sent: 3, oldestDelaySeconds: 60 });
    expect(steps).toEqual(['look', ...sent, 'remove']);
  });

  it('are sent again, under the same ids, after a crash in between', async () => {
    const { ports, steps } = setUp({ removalFails: true });
    await expect(sendDeadlines(ports)).rejects.toThrow('No answer.');
    await expect(sendDeadlines(ports)).rejects.toThrow('No answer.');
    expect(steps).toEqual(['look', ...sent, 'remove', 'look', ...sent, 'remove']);
  });

  it('are looked for again only where there may be more of them', async () => {
    const deadlines = Array.from({ length: 150 }, (_, index) =>
      deadline('payment_due', new Date(Date.UTC(2026, 10, 23, 0, 0, index)).toISOString()),
    );
    const { ports, steps } = setUp({ deadlines });
    expect(await sendDeadlines(ports)).toMatchObject({ sent: 150 });
    expect(steps.filter((step) => step === 'look' || step === 'remove')).toEqual([
      ...['look', 'remove', 'look', 'remove'],
    ]);
  });

  it('are left to the next tick when the time is up', async () => {
    const { ports, steps } = setUp({ hasTime: () => false });
    expect(await sendDeadlines(ports)).toEqual({ sent: 0, oldestDelaySeconds: 0 });
    expect(steps).toEqual([]);
  });
});
