import { at, objectsIn } from '../json-value.ts';

type Item = Readonly<Record<string, unknown>>;

/** The `TrackReply` of FedEx's XML, in the members that its JSON has for the same things. */
export const completeResultsIn = (payload: Item): readonly Item[] => {
  const reply = payload['TrackReply'] ?? at(payload, 'Envelope', 'Body', 'TrackReply');
  const complete = objectsIn(at(reply, 'CompletedTrackDetails'));
  const groups = complete.length > 0 ? complete : objectsIn(reply);
  return groups.map((group) => ({
    trackResults: objectsIn(group['TrackDetails']).map(toResult),
  }));
};

const toResult = (details: Item): Item => ({
  trackingNumberInfo: { trackingNumber: details['TrackingNumber'] },
  latestStatusDetail: {
    code: at(details, 'StatusDetail', 'Code') ?? details['StatusCode'],
    ancillaryDetails: objectsIn(at(details, 'StatusDetail', 'AncillaryDetails')).map(
      ({ ReasonDescription }) => ({ reasonDescription: ReasonDescription }),
    ),
  },
  dateAndTimes: [
    { type: 'ACTUAL_DELIVERY', dateTime: details['ActualDeliveryTimestamp'] },
    { type: 'SHIP', dateTime: details['ShipTimestamp'] },
  ],
  scanEvents: objectsIn(details['Events']).map(toScanEvent),
  ...errorOf(details),
});

const toScanEvent = (event: Item): Item => ({
  date: event['Timestamp'],
  eventType: event['EventType'],
  eventDescription: event['EventDescription'],
  exceptionDescription: event['StatusExceptionDescription'],
  scanLocation: {
    city: at(event, 'Address', 'City'),
    stateOrProvinceCode: at(event, 'Address', 'StateOrProvinceCode'),
    countryCode: at(event, 'Address', 'CountryCode'),
  },
});

const errorOf = ({ Notification: notification }: Item): Item =>
  at(notification, 'Severity') === 'ERROR'
    ? { error: { code: at(notification, 'Code'), message: at(notification, 'Message') } }
    : {};
