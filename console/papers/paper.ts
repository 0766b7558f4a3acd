import type { PostalAddress } from '../../events/marketplace/party.v1.ts';
import { formatMoney } from '../../src/money/format.ts';
import type { Money } from '../../src/money/money.ts';
import type { PaperFacts } from '../../src/process/paper-facts.ts';
import type { PaperType } from '../../src/process/paper-link.ts';
import { type PaperLanguage, type Words, wordsIn } from './words.ts';

export type Column = {
  readonly title: string;
  readonly align: 'start' | 'end';
  /** Its share of the width, in parts of all columns' shares. */
  readonly share: number;
};

/** A paper as it is to be printed: texts in their places, and nothing of how they look. */
export type Paper = {
  readonly type: PaperType;
  readonly language: PaperLanguage;
  readonly title: string;
  readonly issuedAt: string;
  readonly parties: readonly {
    readonly title: string;
    readonly lines: readonly string[];
    /** What is read where the party is (BCP 47): Chinese characters look different by it. */
    readonly language: string;
  }[];
  readonly fields: readonly (readonly [label: string, value: string])[];
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly (readonly [label: string, value: string])[];
  readonly declaration: string;
  /** `Page {n} of {of}` */
  readonly page: string;
};

/** How one language writes what is not a word. */
type Pen = {
  readonly words: Words;
  readonly money: (amount: Money) => string;
  readonly kilograms: (grams: number) => string;
  readonly number: (value: number) => string;
  readonly country: (code: string) => string;
  readonly date: (instant: string) => string;
};

function penFor(language: PaperLanguage): Pen {
  // Customs of both countries read the figures, beside codes that have these digits anyway.
  const tag = `${language}-u-nu-latn`;
  const regions = new Intl.DisplayNames([tag], { type: 'region' });
  const numbers = new Intl.NumberFormat(tag);
  const kilograms = new Intl.NumberFormat(tag, {
    ...{ style: 'unit', unit: 'kilogram', unitDisplay: 'short' },
    ...{ minimumFractionDigits: 3, maximumFractionDigits: 3 },
  });
  const dates = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    words: wordsIn(language),
    // Its mark keeps a sign that ends an amount, as in US$, on its side where text runs to the left.
    money: (amount) => formatMoney(amount, tag) + (language === 'ar' ? LEFT_TO_RIGHT_MARK : ''),
    kilograms: (grams) => kilograms.format(grams / GRAMS_PER_KILOGRAM),
    number: (value) => numbers.format(value),
    country: (code) => regions.of(code) ?? code,
    date: (instant) => dates.format(new Date(instant)),
  };
}

const LEFT_TO_RIGHT_MARK = '\u200e';
const GRAMS_PER_KILOGRAM = 1_000;

/** A paper of the given facts, in one language. */
export function writePaper(facts: PaperFacts, type: PaperType, language: PaperLanguage): Paper {
  const pen = penFor(language);
  const { words } = pen;
  return {
    ...{ type, language, issuedAt: facts.issuedAt },
    title: words[type],
    parties: [
      { title: words.seller, ...partyOf(facts.seller, pen) },
      { title: words.buyer, ...partyOf(facts.buyer, pen) },
    ],
    fields: fieldsOf(facts, pen),
    ...(type === 'commercial_invoice' ? invoiceTable(facts, pen) : packingTable(facts, pen)),
    declaration: words.declaration,
    page: words.page,
  };
}

const partyOf = (
  profile: PaperFacts['seller'],
  pen: Pen,
): Pick<Paper['parties'][number], 'lines' | 'language'> => ({
  lines: addressLines(profile, pen),
  language: new Intl.Locale(`und-${profile.address.country}`).maximize().toString(),
});

const addressLines = (
  { name, company, address, phone }: PaperFacts['seller'],
  { country }: Pen,
): readonly string[] => {
  const { street1, street2, city, state, postalCode }: PostalAddress = address;
  const town = [postalCode, city, state].filter((part) => part !== undefined).join(' ');
  return [company, name, street1, street2, town, country(address.country), phone].filter(
    (part) => part !== undefined,
  );
};

function fieldsOf(facts: PaperFacts, { words, country, date }: Pen): Paper['fields'] {
  const { number, issuedAt, incoterm, seller, buyer, shipment, exportReference } = facts;
  // EXW and the F terms name a place of the seller's, the C and D terms one of the buyer's.
  const place = /^(?:EXW|F)/.test(incoterm) ? seller.address : buyer.address;
  const named = `${incoterm} ${place.city}, ${country(place.country)} (Incoterms 2020)`;
  return [
    [words.number, number],
    [words.date, date(issuedAt)],
    [words.terms, named],
    [words.from, country(seller.address.country)],
    [words.to, country(buyer.address.country)],
    [words.currency, facts.total.currency],
    [words.reason, words.sale],
    ...(exportReference === null ? [] : [[words.exportReference, exportReference] as const]),
    ...(shipment === null
      ? []
      : ([
          [words.carrier, shipment.carrier],
          [words.trackingNumber, shipment.trackingNumber],
        ] as const)),
  ];
}

type Table = Pick<Paper, 'columns' | 'rows' | 'totals'>;

const atStart = (title: string, share: number): Column => ({ title, share, align: 'start' });
const atEnd = (title: string, share: number): Column => ({ title, share, align: 'end' });

function invoiceTable(facts: PaperFacts, { words, money, country, number, kilograms }: Pen): Table {
  const charges: readonly (readonly [string, Money | null])[] = [
    [words.goods, facts.goods],
    [words.freight, facts.freight],
    [words.insurance, facts.insurance],
    [words.otherCharges, facts.otherCharges],
    [words.total, facts.total],
  ];
  return {
    columns: [
      atStart(words.description, 28),
      atStart(words.hsCode, 15),
      atStart(words.origin, 16),
      atEnd(words.quantity, 14),
      atEnd(words.weight, 13),
      atEnd(words.value, 17),
    ],
    rows: facts.items.map((item) => [
      item.description,
      item.hsCode,
      country(item.originCountry),
      number(item.quantity),
      kilograms(item.weightGrams),
      money(item.value),
    ]),
    totals: charges.flatMap(([label, amount]) =>
      amount === null ? [] : [[label, money(amount)] as const],
    ),
  };
}

/** Parcel by parcel; what is in it stands under its number. */
function packingTable(facts: PaperFacts, { words, country, number, kilograms }: Pen): Table {
  const { parcels } = facts;
  return {
    columns: [
      atStart(words.parcel, 14),
      atStart(words.description, 30),
      atStart(words.hsCode, 14),
      atStart(words.origin, 16),
      atEnd(words.quantity, 13),
      atEnd(words.weight, 13),
    ],
    rows: parcels.flatMap((items, index) =>
      items.map((item) => [
        `${number(index + 1)} / ${number(parcels.length)}`,
        item.description,
        item.hsCode,
        country(item.originCountry),
        number(item.quantity),
        kilograms(item.weightGrams),
      ]),
    ),
    totals: [
      [words.parcel, number(parcels.length)],
      [words.quantity, number(facts.pieces)],
      [words.weight, kilograms(facts.weightGrams)],
    ],
  };
}
