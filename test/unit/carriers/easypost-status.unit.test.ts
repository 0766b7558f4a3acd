import { toCanonicalStatus } from '../../../src/adapters/carriers/easypost/status.ts';

describe('the statuses of EasyPost', () => {
  it.each([
    ['unknown', '', 'unknown', undefined],
    ['error', '', 'unknown', undefined],
    ['pre_transit', 'label_created', 'label_created', undefined],
    ['in_transit', 'received_at_origin_facility', 'picked_up', undefined],
    ['in_transit', 'arrived_at_facility', 'in_transit', undefined],
    ['in_transit', 'awaiting_information', 'customs_held', 'customs_docs'],
    ['in_transit', 'delivery_exception', 'delivery_attempted', undefined],
    ['in_transit', 'weather_delay', 'exception', 'weather'],
    ['in_transit', 'lost', 'exception', 'lost'],
    ['out_for_delivery', 'delayed', 'out_for_delivery', undefined],
    ['available_for_pickup', 'arrived_at_pickup_location', 'available_for_pickup', undefined],
    ['failure', 'delayed', 'exception', 'carrier_delay'],
    ['failure', 'held', 'exception', undefined],
    ['failure', 'missorted', 'exception', 'missort'],
    ['failure', 'damaged', 'exception', 'damaged'],
    ['failure', 'lost', 'failed', 'lost'],
    ['failure', 'expired', 'failed', undefined],
    ['failure', 'unknown', 'failed', undefined],
    ['return_to_sender', 'return', 'returning', undefined],
    ['return_to_sender', 'refused', 'returning', 'refused'],
    ['delivered', 'arrived_at_destination', 'delivered', undefined],
    ['delivered', 'damaged', 'delivered', undefined],
    ['delivered', 'return', 'returned', undefined],
    ['cancelled', 'cancelled', 'cancelled', undefined],
  ])('%s with %j is %s, because of %s', (status, detail, canonical, reason) => {
    const expected = { status: canonical, ...(reason && { reason }) };
    expect(toCanonicalStatus({ status, detail })).toEqual(expected);
  });

  it.each([
    ['Held in Customs', 'customs_held', 'customs_docs'],
    ['Customs clearance delay', 'customs_held', 'customs_docs'],
    ['Duties and taxes are due', 'customs_held', 'customs_duty_unpaid'],
    ['Inbound Out of Customs', 'in_transit', 'customs_cleared'],
    ['Cleared customs', 'in_transit', 'customs_cleared'],
    ['Clearance processing completed', 'in_transit', 'customs_cleared'],
    ['International shipment release - Import', 'in_transit', 'customs_cleared'],
    ['Inbound Into Customs', 'customs_processing', undefined],
    ['Clearance event', 'customs_processing', undefined],
    ['Departed facility', 'in_transit', undefined],
  ])('in_transit with the text %j is %s', (text, canonical, reason) => {
    const expected = { status: canonical, ...(reason && { reason }) };
    expect(toCanonicalStatus({ status: 'in_transit', detail: 'unknown', text })).toEqual(expected);
  });

  it('does not read customs into a parcel that is delivered', () => {
    const text = 'Delivered after customs';
    expect(toCanonicalStatus({ status: 'delivered', detail: '', text }).status).toBe('delivered');
  });

  it.each(['constructor', '__proto__', 'IN_TRANSIT', ''])('does not know %j', (status) => {
    expect(toCanonicalStatus({ status, detail: '' })).toEqual({
      status: 'unknown',
      unmapped: true,
    });
  });

  it('leaves the status standing when only the detail is not known', () => {
    const detail = 'toString';
    expect(toCanonicalStatus({ status: 'delivered', detail })).toEqual({
      status: 'delivered',
      unmapped: true,
    });
  });
});
