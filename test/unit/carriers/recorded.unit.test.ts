import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CarrierName,
  isCarrierName,
  recognize,
} from '../../../src/adapters/carriers/readers.ts';
import { payloadOf, readBytes, reportOf } from '../../support/carrier-samples.ts';
import { corpusDirectory, corpusTest, readCorpus } from '../../support/corpus.ts';
import { docsTable } from '../../support/docs-table.ts';

/** Every recorded tracking payload: what its provider reports, and what that is in our terms. */
const recorded: readonly (readonly [
  file: string,
  reported: string,
  status: string,
  flags?: string,
])[] = [
  ['17track/gettrackinfo_correios_2151.json', 'Delivered/Delivered_Other', 'delivered'],
  ['17track/gettrackinfo_exception_returning.json', 'Exception/Exception_Returning', 'returning'],
  [
    '17track/gettrackinfo_yanwen_190012.json',
    'InTransit/InTransit_Arrival',
    'in_transit',
    'unmapped',
  ],
  ['17track/gettracklist_page.json', 'Delivered and Expired', 'unknown', 'parcels_differ'],
  ['aftership/sdk_CreateTrackingResult.json', 'Pending', 'unknown'],
  ['aftership/sdk_GetLastCheckpointResult.json', 'Delivered/Delivered_001', 'delivered'],
  ['aftership/sdk_GetTrackingResult.json', 'Delivered/Delivered_001', 'delivered'],
  ['aftership/sdk_GetTrackingsResult.json', 'Delivered and Expired', 'unknown', 'parcels_differ'],
  [
    'aftership/sdk_MarkAsCompletedResult.json',
    'Exception/Exception_013',
    'delivered',
    'provider_conflict',
  ],
  ['aftership/sdk_UpdateTrackingResult.json', 'Delivered/Delivered_001', 'delivered'],
  ['aftership/webhook_tracking_update_docs_2026_07.json', 'InTransit/InTransit_001', 'in_transit'],
  ['easypost/api_forms_create.json', 'pre_transit', 'label_created'],
  ['easypost/api_shipments_buy.json', 'unknown', 'unknown'],
  ['easypost/api_trackers_create.json', 'pre_transit', 'label_created'],
  ['easypost/api_trackers_list.json', 'pre_transit', 'label_created'],
  ['easypost/evt_tracker_updated_delivered.json', 'delivered', 'delivered'],
  ['easypost/evt_tracker_updated_in_transit_SIGNED.json', 'in_transit', 'in_transit'],
  ['easypost/rec_shipment_buy_response.json', 'unknown', 'unknown'],
  ['easypost/rec_tracker_delivered_usps.json', 'delivered', 'delivered'],
  ['easypost/rec_tracker_pre_transit_EZ1000000001.json', 'pre_transit', 'label_created'],
  ['easypost/rec_tracker_pre_transit_usps.json', 'pre_transit', 'label_created'],
  ['easypost/rec_tracker_unknown_new_label.json', 'unknown', 'unknown'],
  ['ship24/laravel_fixture_trackings.json', 'delivered', 'delivered'],
  ['ship24/tracking_full_9_events_delivered.json', 'delivered', 'delivered'],
  ['ship24/webhook_tracking_results_delivered_1.json', 'delivered', 'delivered'],
  [
    'shipengine/js_er_code_and_tracking_number_mockTrackByCarrierCodeAndTrackingNumber200.json',
    'DE',
    'delivered',
  ],
  ['shipengine/js_mock_track_by_label_id_200_mockTrackByLabelId200.json', 'DE', 'delivered'],
  ['shipengine/sdk_TrackUsingCarrierCodeAndTrackingNumber200Response.json', 'UN', 'unknown'],
  ['shipengine/sdk_TrackUsingLabelId200Response.json', 'UN', 'unknown'],
  ['shippo/rec_track_get_1.json', 'DELIVERED', 'delivered'],
  ['shippo/rec_track_register_1.json', 'DELIVERED', 'delivered'],
  ['ups/trackalert_webhook_delivery_message.json', 'D 011', 'delivered'],
  ['ups/trackalert_webhook_out_for_delivery_message.json', 'I 021', 'out_for_delivery'],
  ['usps/webhook_envelope_delivered.json', 'Delivered', 'delivered'],
];

const split = (path: string) => path.split('/') as [CarrierName, string];

describe('Recorded payloads of carriers', () => {
  const here = corpusDirectory() ? it : it.skip;

  here(corpusTest('come to what their provider reported, or say why not'), () => {
    for (const [path, , status, flags = ''] of recorded) {
      const [carrier, file] = split(path);
      const report = reportOf(readBytes(carrier, readCorpus('carriers', carrier, file)));
      expect([path, report?.status, report?.flags.join(', ')]).toEqual([path, status, flags]);
    }
  });

  here(corpusTest('are recognized, and all others are nobody’s tracking'), () => {
    const root = join(corpusDirectory() ?? '', 'carriers');
    const tracking = new Set(recorded.map(([path]) => path));
    for (const carrier of readdirSync(root).filter(isCarrierName)) {
      for (const file of readdirSync(join(root, carrier)).filter((name) => /json|xml/.test(name))) {
        const found = recognize(payloadOf(readCorpus('carriers', carrier, file)))?.carrier;
        const path = `${carrier}/${file}`;
        expect([path, found]).toEqual([path, tracking.has(path) ? carrier : undefined]);
      }
    }
  });

  it('stand in docs/carriers.md', () => {
    const { written, generated } = docsTable('carriers.md', 'recorded', [
      ['payload', 'the provider says', 'status', 'flags'],
      ...recorded.map(([path, reported, status, flags = '']) => [
        path,
        reported,
        `\`${status}\``,
        flags,
      ]),
    ]);
    expect(written).toBe(generated);
  });
});
