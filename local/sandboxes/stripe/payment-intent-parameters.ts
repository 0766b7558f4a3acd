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

const address = group({
  ...{ city: text(), country: text(), line1: text(), line2: text() },
  ...{ postal_code: text(), state: text() },
});

/** What may be given on creation and changed until the payment has succeeded. */
const details = {
  description: clearableText(),
  metadata: metadata(),
  payment_method: text(),
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
  ...(['allowed_payment_method_types', 'excluded_payment_method_types'] as const),
  ...(['payment_details', 'payment_method_configuration', 'payment_method_data'] as const),
  ...(['payment_method_options', 'transfer_data'] as const),
);

export const createParameters = {
  ...unsupportedDetails,
  ...unsupportedParameters('confirmation_token', 'mandate', 'mandate_data', 'on_behalf_of'),
  ...unsupportedParameters('radar_options'),
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
  payment_method_types: listOf(text()),
  return_url: text(),
  use_stripe_sdk: flag(),
};

export const updateParameters = {
  ...unsupportedDetails,
  ...unsupportedParameters('capture_method'),
  ...details,
  amount: integer(),
  currency: text({ maximumLength: 3 }),
};

export type CreateValues = Values<typeof createParameters>;
export type UpdateValues = Values<typeof updateParameters>;
