import { loadEscrow } from './collect.ts';
import type { QuoteDesk } from './ports.ts';
import { type EscrowContext, type EscrowOutcome, type EscrowPorts, runEscrow } from './run.ts';

/** Turns a funded trade's money into the trade's currency, once. */
export async function convertFunds(
  ports: EscrowPorts & { readonly quotes: QuoteDesk },
  context: EscrowContext,
): Promise<EscrowOutcome> {
  const state = await loadEscrow(ports, context.tradeId);
  if (state.status !== 'funded' || state.converted) return { kind: 'unchanged', state };
  const { terms, payment } = state;
  const now = ports.now();
  const conversion = await ports.quotes.convert({
    quote: terms.quote,
    payment,
    amount: terms.amount,
    now,
  });
  return runEscrow(ports, context, { type: 'ConvertFunds', conversion, at: now.toISOString() });
}
