import type { PostalAddress } from '../../events/marketplace/party.v1.ts';
import { formatMoney } from '../../src/money/format.ts';
import type { Money } from '../../src/money/money.ts';
import type { PaperFacts } from '../../src/process/paper-facts.ts';
import type { PaperType } from '../../src/process/paper-link.ts';
import { type PaperLanguage, type Words, wordsIn } from './words.ts';

export type Column = {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Its share of the width, in parts of all columns' shares. */
  readonly share: number;
};

/** A paper as it is to be printed: texts in their places, and nothing of how they look. */
export type Paper = {
  readonly type: PaperType;
  readonly language: PaperLanguage;
  readonly title: string;
  readonly issuedAt: string;
  readonly parties: readonly { readonly title: string; readonly lines: readonly string[] }[];
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
  const regions = new Intl.DisplayNames([language], { type: 'region' });
  const numbers = new Intl.NumberFormat(language);
  const kilograms = new Intl.NumberFormat(language, {
    ...{ style: 'unit', unit: 'kilogram', unitDisplay: 'short' },
    ...{ minimumFractionDigits: 3, maximumFractionDigits: 3 },
  });
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    words: wordsIn(language),
    money: (amount) => formatMoney(amount, language),
    kilograms: (grams) => kilograms.format(grams / GRAMS_PER_KILOGRAM),
    number: (value) => numbers.format(value),
    country: (code) => regions.of(code) ?? code,
    date: (instant) => dates.format(new Date(instant)),
  };
}

const GRAMS_PER_KILOGRAM = 1_000;

/** A paper of the given facts, in one language. */
export function writePaper(facts: PaperFacts, type: PaperType, language: PaperLanguage): Paper {
  const pen = penFor(language);
  const { words } = pen;
  return {
    ...{ type, language, issuedAt: facts.issuedAt },
    title: words[type],
    parties: [
      { title: words.seller, lines: addressLines(facts.seller, pen) },
      { title: words.buyer, lines: addressLines(facts.buyer, pen) },
    ],
    fields: fieldsOf(facts, pen),
    ...(type === 'commercial_invoice' ? invoiceTable(facts, pen) : packingTable(facts, pen)),
    declaration: words.declaration,
    page: words.page,
  };
}

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

const left = (title: string, share: number): Column => ({ title, share, align: 'left' });
const right = (title: string, share: number): Column => ({ title, share, align: 'right' });

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
      left(words.description, 28),
      left(words.hsCode, 15),
      left(words.origin, 16),
      right(words.quantity, 14),
      right(words.weight, 13),
      right(words.value, 17),
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

function packingTable(facts: PaperFacts, { words, country, number, kilograms }: Pen): Table {
  return {
    columns: [
      left(words.description, 40),
      left(words.hsCode, 16),
      left(words.origin, 18),
      right(words.quantity, 14),
      right(words.weight, 14),
    ],
    rows: facts.items.map((item) => [
      item.description,
      item.hsCode,
      country(item.originCountry),
      number(item.quantity),
      kilograms(item.weightGrams),
    ]),
    totals: [
      [words.quantity, number(facts.pieces)],
      [words.weight, kilograms(facts.weightGrams)],
    ],
  };
}

/** Every text of a paper, with where it comes from, to be checked against what a font can print. */
export const textsOf = (paper: Paper): readonly string[] => [
  ...paper.parties.flatMap(({ lines }) => lines),
  ...paper.fields.map(([, value]) => value),
  ...paper.rows.flat(),
];
