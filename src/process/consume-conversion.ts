import { RoutedRecord } from '../../events/messages/routed-record.v1.ts';
import { convertFunds } from '../escrow/convert-funds.ts';
import type { QuoteDesk } from '../escrow/ports.ts';
import type { EscrowPorts } from '../escrow/run.ts';
import { done, type Handled, handledBy } from './handled.ts';

export const ConversionMessage = RoutedRecord;

/** Converts the money of a trade that was funded. */
export const consumeConversion =
  (ports: EscrowPorts & { readonly quotes: QuoteDesk }) =>
  async ({ record, messageId }: RoutedRecord): Promise<Handled> => {
    if (!record.events.some(({ type }) => type === 'EscrowFunded')) return done;
    return handledBy(await convertFunds(ports, { tradeId: record.tradeId, cause: messageId }));
  };
