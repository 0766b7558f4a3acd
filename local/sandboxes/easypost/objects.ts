/**
 * The objects of EasyPost's API, as it answers them (docs.easypost.com, and recorded answers).
 * Only what the sandbox sets is typed; the rest is there as the nulls that EasyPost sends.
 */
export type EasyPostAddress = {
  id: string;
  object: 'Address';
  name: string | null;
  company: string | null;
  street1: string | null;
  street2: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string;
  phone: string | null;
  email: string | null;
  [other: string]: unknown;
};

export type Rate = {
  id: string;
  object: 'Rate';
  service: string;
  carrier: string;
  rate: string;
  currency: string;
  delivery_days: number;
  shipment_id: string;
  [other: string]: unknown;
};

export type TrackingLocation = {
  object: 'TrackingLocation';
  city: string | null;
  state: string | null;
  country: string | null;
  zip: string | null;
};

export type TrackingDetail = {
  object: 'TrackingDetail';
  message: string;
  description: string;
  status: string;
  status_detail: string;
  datetime: string;
  source: string;
  carrier_code: string;
  tracking_location: TrackingLocation;
};

export type Tracker = {
  id: string;
  object: 'Tracker';
  mode: 'test';
  tracking_code: string;
  status: string;
  status_detail: string;
  created_at: string;
  updated_at: string;
  signed_by: string | null;
  weight: number | null;
  est_delivery_date: string | null;
  shipment_id: string | null;
  carrier: string;
  tracking_details: TrackingDetail[];
  finalized: boolean;
  [other: string]: unknown;
};

export type Shipment = {
  id: string;
  object: 'Shipment';
  mode: 'test';
  reference: string | null;
  status: string;
  created_at: string;
  updated_at: string;
  to_address: EasyPostAddress;
  from_address: EasyPostAddress;
  parcel: { weight: number; [other: string]: unknown };
  customs_info: Record<string, unknown> | null;
  messages: { carrier: string; type: string; message: string }[];
  rates: Rate[];
  selected_rate: Rate | null;
  postage_label: Record<string, unknown> | null;
  tracker: Tracker | null;
  tracking_code: string | null;
  forms: Record<string, unknown>[];
  [other: string]: unknown;
};

export type EasyPostEvent = {
  id: string;
  object: 'Event';
  mode: 'test';
  description: string;
  created_at: string;
  updated_at: string;
  user_id: string;
  status: 'pending' | 'in_queue' | 'completed';
  previous_attributes: Record<string, unknown>;
  pending_urls: string[];
  completed_urls: string[];
  result: unknown;
};

/** A webhook as the API shows it. Its secret is kept apart and never shown. */
export type WebhookObject = {
  id: string;
  object: 'Webhook';
  mode: 'test';
  url: string;
  created_at: string;
  disabled_at: string | null;
  custom_headers: { name: string; value: string }[];
};
