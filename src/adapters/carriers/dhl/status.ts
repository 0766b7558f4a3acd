import { lookUp, type Meaning, type MeaningTable, tableOf, UNMAPPED } from '../meaning.ts';

/** The event codes of DHL Express (MyDHL API, "Shipment events"). */
const expressCodes: MeaningTable = tableOf({
  picked_up: 'PU SA',
  in_transit: 'PL DF AF AR FD TP TR PO AD SC RW PY',
  'in_transit/customs_cleared': 'CR BR',
  customs_processing: 'IC RR',
  customs_held: 'UD BN',
  'customs_held/customs_docs': 'CD',
  'customs_held/payment': 'HP',
  out_for_delivery: 'WC',
  available_for_pickup: 'CC',
  delivery_attempted: 'ND',
  'delivery_attempted/recipient_absent': 'NH CA',
  'delivery_attempted/address': 'BA CM',
  exception: 'OH SS',
  'exception/missort': 'MS MC',
  'exception/carrier_delay': 'MD',
  'returning/refused': 'RD',
  delivered: 'OK PD',
  'delivered/damaged': 'DD',
  returned: 'RT',
  failed: 'DS',
  unknown: 'CS',
});

/** The status codes of DHL's unified tracking, in words and in the numbers Express uses for them. */
const unifiedCodes: MeaningTable = {
  'pre-transit': 'label_created',
  '104': 'label_created',
  transit: 'in_transit',
  '102': 'in_transit',
  delivered: 'delivered',
  '101': 'delivered',
  failure: 'exception',
  '103': 'exception',
  unknown: 'unknown',
};

/** The event numbers of DHL eCommerce that say more than that the parcel moves. */
const eCommerceCodes: MeaningTable = tableOf({
  label_created: '109 220 229 235 238 300 350 400 445 163 164',
  picked_up: '100 130 115 200 211 461',
  customs_processing: '441 447 463 501 509 588',
  'in_transit/customs_cleared': '442 449 452 464 502',
  customs_held: '443 448 453 506 507 508',
  'customs_held/customs_duty_unpaid': '240 242 503',
  out_for_delivery: '544 558 580 583 597 598',
  available_for_pickup: '469 522 560 565 570 585 599 601 116',
  delivery_attempted: '563 571 595 596 615 629 638 639 651 605 612',
  'delivery_attempted/recipient_absent': '550 551 552 553 554 555 556 564 613 594',
  exception: '312 358 450 592 593 644 690 573 609 616 581',
  'exception/missort': '546 640 641 670 671',
  'exception/damaged': '620 623',
  'exception/address': '582 630 631 632 633 683 686 689 700 710 720 740',
  returning: `108 602 625 626 693 760 780 800 802 804 806 807 808 809 810 811 813 815 816 817 818
    820 821 853 854 855 856 857 858`,
  'returning/refused': '608 610 611 619',
  delivered: '572 600 606 607 621 652 653 654 655 656 657 658 659',
  returned: '603 860 863 864',
  failed: '636 650 825',
  cancelled: '101',
});

/** A DHL Express event code in canonical terms. */
export const dhlExpressMeaning = (code: string): Meaning =>
  code === '' ? { status: 'unknown' } : (lookUp(expressCodes, code.toUpperCase()) ?? UNMAPPED);

/** A status code of DHL's unified tracking; `status` is its text, which must not deny it. */
export const dhlUnifiedMeaning = (statusCode: string, status: string): Meaning => {
  const said = lookUp(unifiedCodes, statusCode.toLowerCase());
  if (said === undefined) return statusCode === '' ? { status: 'unknown' } : UNMAPPED;
  const isDenied = /^delivered$/i.test(status) && said.status !== 'delivered';
  return isDenied ? { ...said, contradictory: true } : said;
};

/** An event number of DHL eCommerce; those that are not listed are stations on the way. */
export const dhlECommerceMeaning = (code: string): Meaning => {
  if (!/^\d{2,3}$/.test(code)) return UNMAPPED;
  return lookUp(eCommerceCodes, code) ?? { status: 'in_transit' };
};
