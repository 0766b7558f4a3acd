import type { Mutant } from './mutant.ts';

const RESULT = 'src/process/tracking-result.ts';
const POLLS = 'src/process/consume-polls.ts';
const POLLING = 'src/tracking/polling.ts';
const VOID = 'src/shipment/void-label.ts';
const ORDERS = 'src/adapters/carriers/easypost/orders.ts';

/** Bugs in several parcels, in asking about silent ones, and in labels that are not used. */
export const PARCELS: readonly Mutant[] = [
  {
    name: 'unseen-parcel-not-awaited',
    bug: 'A consignment is delivered when every parcel is that was ever scanned.',
    patches: [
      {
        file: RESULT,
        find: 'const parcelCount = Math.max(1, labeled?.parcels.length ?? 1);',
        replace: 'const parcelCount = 1;',
      },
    ],
  },
  {
    name: 'parcels-taken-for-one',
    bug: 'Scans of several parcels are told apart no more: one of them delivers all.',
    patches: [
      {
        file: RESULT,
        find: 'return parcel === undefined\n    ? scans',
        replace: 'return parcel !== null\n    ? scans',
      },
    ],
  },
  {
    name: 'only-first-parcel-asked-for',
    bug: 'Of a silent consignment only the first parcel is asked about.',
    patches: [
      {
        file: POLLS,
        find: 'const all = [label, ...parcels];',
        replace: 'const all = [label, ...parcels].slice(0, 1);',
      },
    ],
  },
  {
    name: 'only-first-parcel-followed',
    bug: 'Scans of the second parcel find no shipment.',
    patches: [
      {
        file: 'src/process/consume-projection.ts',
        find: "if (event.type === 'ParcelsLabeled') {",
        replace: "if (event.type === 'ParcelsLabeled' && event.parcels.length < 2) {",
      },
    ],
  },
  {
    name: 'asked-once',
    bug: 'A carrier that had no news is not asked again.',
    patches: [
      {
        file: 'src/process/deadlines-of-parcel.ts',
        find: 'return event.nextAskAt === undefined ? [] : silentAt(event.nextAskAt);',
        replace: 'return [];',
      },
    ],
  },
  {
    name: 'asked-every-day',
    bug: 'A carrier without news is asked as often as on the first day.',
    patches: [
      {
        file: POLLING,
        find: 'askAfterSeconds[asks] ?? askAfterSeconds.at(-1) ?? daySeconds;',
        replace: 'askAfterSeconds[0] ?? daySeconds;',
      },
    ],
  },
  {
    name: 'asked-for-ever',
    bug: 'A parcel that its lane has given up is asked about for ever.',
    patches: [
      {
        file: POLLING,
        find: 'return next > after(silentSince, lane.giveUpSeconds) ? undefined : next;',
        replace: 'return next;',
      },
    ],
  },
  {
    name: 'silence-not-told',
    bug: 'Nobody is told that a parcel is silent for too long.',
    patches: [
      {
        file: 'src/shipment/scans.ts',
        find: 'if (isOverdue && !state.isOverdue) {',
        replace: 'if (isOverdue && state.isOverdue) {',
      },
    ],
  },
  {
    name: 'delivery-not-asked-after',
    bug: 'What the carrier answers about a silent parcel is not recorded.',
    patches: [
      {
        file: POLLS,
        find: 'tracking: answeredResult(current, answer.told),',
        replace: 'tracking: answeredResult(current, []),',
      },
    ],
  },
  {
    name: 'released-is-not-sent',
    bug: 'Goods whose money was released before their label was ordered are not sent.',
    patches: [
      {
        file: 'src/process/consume-shipment.ts',
        find: 'openMilestones(state).length === 0 && state.releases.length === 0;',
        replace: 'openMilestones(state).length === 0;',
      },
    ],
    scenarios: ['released-on-a-day'],
  },
  {
    name: 'label-kept-after-refund',
    bug: 'Nothing is given back where all of the money went back to the buyer.',
    patches: [
      {
        file: 'src/process/consume-shipment.ts',
        find: "if (types.has('RefundRequested')) return giveBack(ports, { record, messageId });",
        replace: '',
      },
    ],
  },
  {
    name: 'label-given-back-unasked',
    bug: 'A label counts as given back without a word to its carrier.',
    patches: [
      {
        file: 'src/shipment/order-label.ts',
        find: 'const answer = await ports.carrier.cancel({ carrierShipmentId, trackingNumber });',
        replace:
          "const answer = { kind: 'voided' } as Awaited<ReturnType<typeof ports.carrier.cancel>>; void carrierShipmentId; void trackingNumber;",
      },
    ],
  },
  {
    name: 'label-given-back-for-a-part',
    bug: 'A label is given back as soon as any part of the money goes back.',
    patches: [
      {
        file: 'src/process/consume-shipment.ts',
        find: 'state.converted && openMilestones(state).length === 0 && state.releases.length === 0;',
        replace: 'state.converted && state.releases.length === 0;',
      },
    ],
  },
  {
    name: 'refund-leaves-no-word',
    bug: 'A refund that finds nothing ordered leaves no word of it for the worker that is about to.',
    patches: [
      {
        file: VOID,
        find: "if (state.status === 'not_requested') {",
        replace: "if (state.status === 'called_off') {",
      },
    ],
    scenarios: ['label-given-back'],
  },
  {
    name: 'order-not-looked-up',
    bug: 'A consignment whose purchase was answered into the void counts as refused.',
    patches: [
      {
        file: ORDERS,
        find: 'if (hasOrderLabels(asked.body)) return sold(asked.body);',
        replace: '',
      },
      {
        file: ORDERS,
        find: '!hasOrderLabels(existing) ? toRefusal(bought) : sold(existing);',
        replace: 'hasOrderLabels(existing) ? toRefusal(bought) : sold(existing);',
      },
    ],
  },
  {
    name: 'two-parcels-taken-for-one',
    bug: 'Of two parcels that were labeled together only the first is kept, and delivers both.',
    patches: [
      {
        file: 'src/shipment/decide.ts',
        find: 'return parcels.length < 2',
        replace: 'return parcels.length <= 2',
      },
    ],
    scenarios: ['several-parcels'],
  },
  {
    name: 'tracker-for-tracking-number',
    bug: 'A trade is booked under the id of its tracker in place of the tracking number.',
    patches: [
      {
        file: 'src/process/consume-escrow.ts',
        find: 'const { shipmentId, carrier, trackingNumber } = event;',
        replace: 'const { shipmentId, carrier, trackerId: trackingNumber } = event;',
      },
    ],
  },
];
