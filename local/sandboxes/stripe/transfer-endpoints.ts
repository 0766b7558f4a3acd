import type { Stripe } from 'stripe';
import { type Call, emit, endpoint } from './endpoint.ts';
import { resourceMissing } from './errors.ts';
import { isWithin, paginate, pagination, passes, timeRange } from './lists.ts';
import { mergeMetadata, metadata } from './metadata.ts';
import { clearableText, integer, oneOf, required, text, unsupported } from './parameters.ts';
import { idOf } from './references.ts';
import { reverseTransfer } from './transfer-reversals.ts';
import { createTransfer } from './transfers.ts';

const url = '/v1/transfers';
const returns = { kind: 'transfer' } as const;
const returnsReversal = { kind: 'transfer_reversal' } as const;

function transferOf({ world, account, path }: Call): Stripe.Transfer {
  const id = path['id'] ?? '';
  const transfer = world.store.find('transfer', account, id);
  if (transfer) return transfer;
  throw resourceMissing({ what: 'transfer', id, param: 'id' });
}

const create = endpoint({
  method: 'POST',
  path: url,
  parameters: {
    amount: required(integer()),
    currency: required(text({ maximumLength: 3 })),
    description: clearableText(),
    destination: required(text()),
    metadata: metadata(),
    source_transaction: text(),
    source_type: oneOf(['card']),
    transfer_group: text(),
  },
  returns,
  execute: (call) => createTransfer(call, call.parameters),
});

const list = endpoint({
  method: 'GET',
  path: url,
  parameters: {
    ...pagination,
    created: timeRange(),
    destination: text(),
    transfer_group: text(),
  },
  returns: { kind: 'transfer', list: true },
  execute({ world, account, parameters }) {
    const { destination, transfer_group } = parameters;
    const transfers = world.store
      .list('transfer', account)
      .filter((transfer) => isWithin(transfer.created, parameters.created))
      .filter((transfer) => passes(transfer, { destination, transfer_group }));
    return paginate(transfers, parameters, { url, what: 'transfer' });
  },
});

const update = endpoint({
  method: 'POST',
  path: `${url}/:id`,
  parameters: { description: clearableText(), metadata: metadata() },
  returns,
  execute(call) {
    const transfer = transferOf(call);
    const { description = transfer.description } = call.parameters;
    const changed = call.world.store.change('transfer', transfer.id, {
      description,
      metadata: mergeMetadata(transfer.metadata, call.parameters.metadata),
    });
    emit(call, 'transfer.updated', changed);
    return changed;
  },
});

const reverse = endpoint({
  method: 'POST',
  path: `${url}/:id/reversals`,
  parameters: {
    amount: integer(),
    description: clearableText(),
    metadata: metadata(),
    refund_application_fee: unsupported(),
  },
  returns: returnsReversal,
  execute: (call) => reverseTransfer(call, transferOf(call), call.parameters),
});

const listReversals = endpoint({
  method: 'GET',
  path: `${url}/:id/reversals`,
  parameters: pagination,
  returns: { kind: 'transfer_reversal', list: true },
  execute(call) {
    const transfer = transferOf(call);
    const reversals = call.world.store
      .list('transfer_reversal', call.account)
      .filter((reversal) => reversal.transfer === transfer.id);
    return paginate(reversals, call.parameters, {
      url: `${url}/${transfer.id}/reversals`,
      what: 'transfer reversal',
    });
  },
});

const retrieveReversal = endpoint({
  method: 'GET',
  path: `${url}/:id/reversals/:reversalId`,
  parameters: {},
  returns: returnsReversal,
  execute(call) {
    const id = call.path['reversalId'] ?? '';
    const reversal = call.world.store.find('transfer_reversal', call.account, id);
    if (reversal && idOf(reversal.transfer) === call.path['id']) return reversal;
    throw resourceMissing({ what: 'transfer reversal', id, param: 'id' });
  },
});

export const transferEndpoints = [
  ...[create, list, update, reverse, listReversals, retrieveReversal],
  endpoint({ method: 'GET', path: `${url}/:id`, parameters: {}, returns, execute: transferOf }),
];
