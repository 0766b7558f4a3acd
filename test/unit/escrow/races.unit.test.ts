import * as fc from 'fast-check';
import type { EscrowEvent } from '../../../events/index.ts';
import { inMemoryRecordStore } from '../../../src/adapters/in-memory/record-store.ts';
import type { EscrowCommand } from '../../../src/escrow/commands.ts';
import { type EscrowPorts, runEscrow } from '../../../src/escrow/run.ts';
import { journaledStore, type RecordStore } from '../../../src/ledger/journaled-store.ts';
import { escrowStream } from '../../../src/platform/ids.ts';
import { marketplaceId, story, tradeId } from '../../support/builders.ts';
import { recordOf } from '../../support/records.ts';
import { commandNames, commands, histories, type StateName } from './escrow-states.ts';

const streamId = escrowStream(tradeId);

/** A stream with that history, whose reads and writes take effect in any order that can happen. */
async function racedStream(history: readonly EscrowEvent[], scheduler: fc.Scheduler) {
  const records = inMemoryRecordStore<EscrowEvent>();
  for (const [index, event] of history.entries()) {
    await records.append({ ...recordOf(streamId, index + 1), events: [event], journal: [] });
  }
  const raced: RecordStore<EscrowEvent> = {
    load: scheduler.scheduleFunction(records.load),
    append: scheduler.scheduleFunction(records.append),
  };
  const ports: EscrowPorts = {
    store: journaledStore(raced),
    now: () => new Date(story.tradeOpened.payBy),
  };
  return { records, ports };
}

/** Runs the commands at once and answers every event of the stream, and what each came to. */
async function race(state: StateName, racing: readonly EscrowCommand[], scheduler: fc.Scheduler) {
  const { records, ports } = await racedStream(histories[state], scheduler);
  const running = Promise.all(
    racing.map((command, index) =>
      runEscrow(ports, { tradeId, marketplaceId, cause: `racer-${index}` }, command),
    ),
  );
  await scheduler.waitFor(running);
  return { outcomes: await running, records: await records.load(streamId) };
}

const expectNoGap = (records: readonly { readonly sequence: number }[]): void =>
  expect(records.map(({ sequence }) => sequence)).toEqual(records.map((_, index) => index + 1));

const typesOf = (records: readonly { readonly events: readonly EscrowEvent[] }[]) =>
  records.flatMap(({ events }) => events.map(({ type }) => type));

describe('Two commands at once', () => {
  it.each(['opened', 'payment_requested', 'canceling', 'expiring'] as const)(
    'on a trade that is %s never both fund and close it',
    async (state) => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const racing = [commands.RecordPayment, commands.RecordPaymentClosed];
          const { records, outcomes } = await race(state, racing, scheduler);
          const types = typesOf(records);
          const isFunded = types.includes('EscrowFunded');
          const isClosed = types.includes('TradeCanceled') || types.includes('TradeExpired');
          expectNoGap(records);
          expect(isFunded).not.toBe(isClosed);
          expect(outcomes.map(({ kind }) => kind)).toEqual(
            isFunded ? ['appended', 'unchanged'] : ['rejected', 'appended'],
          );
        }),
        { numRuns: 40 },
      );
    },
  );

  it('that are the same message, delivered twice, are applied once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { records, ports } = await racedStream(histories.funded, scheduler);
        const convert = () =>
          runEscrow(ports, { tradeId, cause: 'message-1' }, commands.ConvertFunds);
        await scheduler.waitFor(Promise.all([convert(), convert(), convert()]));
        expect(typesOf(await records.load(streamId))).toEqual([
          'TradeOpened',
          'PaymentRequested',
          'EscrowFunded',
          'FundsConverted',
        ]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('Any commands at once', () => {
  const anyState = fc.constantFrom(...(Object.keys(histories) as StateName[]));
  const anyCommands = fc.array(
    fc.constantFrom(...commandNames).map((name): EscrowCommand => commands[name]),
    { minLength: 2, maxLength: 5 },
  );

  it('give each record a sequence of its own, without a gap, and a legal history', async () => {
    await fc.assert(
      fc.asyncProperty(anyState, anyCommands, fc.scheduler(), async (state, racing, scheduler) => {
        const { records, outcomes } = await race(state, racing, scheduler);
        const appended = outcomes.filter(({ kind }) => kind === 'appended');
        expectNoGap(records);
        expect(records).toHaveLength(histories[state].length + appended.length);
      }),
      { numRuns: 150 },
    );
  });
});
