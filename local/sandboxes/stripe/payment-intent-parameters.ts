import { instrumentTypes } from './instruments.ts';
import { mandateData } from './mandates.ts';
import { metadata } from './metadata.ts';
import {
  clearableText,
  flag,
  group,
  integer,
  listOf,
  oneOf,
  required,
  text,
  unsupportedParameters,
  type Values,
} from './parameters.ts';
import { methodParameters } from './payment-methods.ts';

const address = group({
  ...{ city: text(), country: text(), line1: text(), line2: text() },
  ...{ postal_code: text(), state: text() },
});

const bankTransferTypes = [
  ...(['eu_bank_transfer', 'gb_bank_transfer', 'jp_bank_transfer', 'mx_bank_transfer'] as const),
  'us_bank_transfer' as const,
];

/** Options of methods that the sandbox keeps or obeys. */
const methodOptions = group({
  card: group({
    capture_method: oneOf(['manual']),
    request_three_d_secure: oneOf(['any', 'automatic', 'challenge']),
  }),
  customer_balance: group({
    bank_transfer: group({
      eu_bank_transfer: group({ country: required(text({ maximumLength: 2 })) }),
      requested_address_types: listOf(text()),
      // Older scripts name the account here, not the transfer.
      type: required(oneOf([...bankTransferTypes, 'jp_bank_account'])),
    }),
    funding_type: oneOf(['bank_transfer']),
  }),
  sepa_debit: group({}),
});

/** What may be told on creation and on confirmation of how the buyer pays. */
export const howToPay = {
  mandate: text(),
  mandate_data: group(mandateData),
  payment_method: text(),
  payment_method_data: group(methodParameters),
  payment_method_options: methodOptions,
};

/** What may be given on creation and changed until the payment has succeeded. */
const details = {
  description: clearableText(),
  metadata: metadata(),
  receipt_email: clearableText(),
  setup_future_usage: oneOf(['off_session', 'on_session']),
  shipping: group({
    ...{ name: text(), phone: text(), carrier: text(), tracking_number: text() },
    address,
  }),
  statement_descriptor: text({ maximumLength: 22 }),
  statement_descriptor_suffix: text({ maximumLength: 22 }),
  transfer_group: text(),
  customer: text(),
};

const unsupportedDetails = unsupportedParameters(
  ...(['amount_details', 'application_fee_amount', 'customer_account', 'hooks'] as const),
  'excluded_payment_method_types' as const,
  ...(['payment_details', 'payment_method_configuration'] as const),
);

/** Which methods the buyer may pay by. The older name went with the release `endive`. */
const methodTypes = {
  allowed_payment_method_types: listOf(oneOf(instrumentTypes)),
  payment_method_types: listOf(text()),
};

export const createParameters = {
  ...unsupportedDetails,
  ...unsupportedParameters('confirmation_token', 'radar_options'),
  ...details,
  amount: required(integer()),
  currency: required(text({ maximumLength: 3 })),
  automatic_payment_methods: group({
    enabled: required(flag()),
    allow_redirects: oneOf(['always', 'never']),
  }),
  capture_method: oneOf(['automatic', 'automatic_async', 'manual']),
  confirm: flag(),
  confirmation_method: oneOf(['automatic', 'manual']),
  error_on_requires_action: flag(),
  off_session: flag(),
  ...methodTypes,
  on_behalf_of: text(),
  ...howToPay,
  return_url: text(),
  transfer_data: group({ amount: integer(), destination: required(text()) }),
  use_stripe_sdk: flag(),
};

export const updateParameters = {
  ...unsupportedDetails,
  ...unsupportedParameters('capture_method', 'payment_method_data', 'payment_method_options'),
  ...unsupportedParameters('allowed_payment_method_types', 'transfer_data'),
  payment_method: text(),
  ...details,
  amount: integer(),
  currency: text({ maximumLength: 3 }),
};

export type CreateValues = Values<typeof createParameters>;
export type UpdateValues = Values<typeof updateParameters>;
