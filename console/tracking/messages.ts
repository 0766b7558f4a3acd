import type { DisputeOpened } from '../../events/escrow/dispute-opened.v1.ts';
import type { TrackingStatus } from '../../events/shipment/tracking-event.v1.ts';
import type { NextStep } from '../../src/process/next-step.ts';
import type {
  ParcelNote,
  PublicStatus,
  Refunding,
  TimelineKind,
} from '../../src/process/tracking-view.ts';
import type { Language } from './language.ts';
import { ar } from './messages/ar.ts';
import { de } from './messages/de.ts';
import { en } from './messages/en.ts';
import { es } from './messages/es.ts';
import { fr } from './messages/fr.ts';
import { hi } from './messages/hi.ts';
import { it } from './messages/it.ts';
import { ja } from './messages/ja.ts';
import { ko } from './messages/ko.ts';
import { nl } from './messages/nl.ts';
import { pl } from './messages/pl.ts';
import { pt } from './messages/pt.ts';
import { ru } from './messages/ru.ts';
import { tr } from './messages/tr.ts';
import { zh } from './messages/zh.ts';

/** The plural forms that each language tells apart (Unicode CLDR, cardinal). */
type PluralForms = {
  readonly en: 'one' | 'other';
  readonly zh: 'other';
  readonly ko: 'other';
  readonly ja: 'other';
  readonly es: 'one' | 'many' | 'other';
  readonly fr: 'one' | 'many' | 'other';
  readonly de: 'one' | 'other';
  readonly it: 'one' | 'many' | 'other';
  readonly pt: 'one' | 'many' | 'other';
  readonly nl: 'one' | 'other';
  readonly pl: 'one' | 'few' | 'many' | 'other';
  readonly tr: 'one' | 'other';
  readonly ru: 'one' | 'few' | 'many' | 'other';
  readonly ar: 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
  readonly hi: 'one' | 'other';
};

type Label =
  | 'title'
  | 'order'
  | 'from'
  | 'to'
  | 'price'
  | 'received'
  | 'remaining'
  | 'goods'
  | 'status'
  | 'next'
  | 'actions'
  | 'parcels'
  | 'carrier'
  | 'trackingNumber'
  | 'noParcels'
  | 'noScans'
  | 'inDoubt'
  | 'history'
  | 'refunds'
  | 'language'
  | 'show'
  | 'skip'
  | 'localTime'
  | 'times'
  | 'keep'
  | 'accept'
  | 'acceptHint'
  | 'acceptQuestion'
  | 'acceptEffect'
  | 'acceptEarly'
  | 'acceptConfirm'
  | 'dispute'
  | 'disputeHint'
  | 'disputeQuestion'
  | 'disputeEffect'
  | 'disputeConfirm'
  | 'reason'
  | 'parts'
  | 'part'
  | 'back'
  | 'accepted'
  | 'disputed'
  | 'changed'
  | 'cannot'
  | 'incomplete'
  | 'notFound'
  | 'notFoundText'
  | 'gone'
  | 'goneText'
  | 'busy'
  | 'busyText';

export type Count = 'parcels' | 'pieces' | 'daysLeft';

/**
 * Every text of the pages in one language. A key that is missing does not compile, nor does a plural
 * form. `{date}`, `{amount}` and `{n}` are filled in; they stand in every language alike.
 */
export type Messages<L extends Language> = {
  readonly status: Readonly<Record<PublicStatus, string>>;
  readonly next: Readonly<Record<NextStep, string>>;
  readonly parcel: Readonly<Record<TrackingStatus, string>>;
  readonly event: Readonly<Record<TimelineKind, string>>;
  readonly refund: Readonly<Record<Refunding, string>>;
  /** What a reader should know of a parcel beside its status. */
  readonly note: Readonly<Record<ParcelNote, string>>;
  readonly reason: Readonly<Record<DisputeOpened['reason'], string>>;
  readonly label: Readonly<Record<Label, string>>;
  readonly count: Readonly<Record<Count, Readonly<Record<PluralForms[L], string>>>>;
};

/** What a page needs of any language: a count's form is looked up, and `other` is always there. */
export type Texts = Omit<Messages<'en'>, 'count'> & {
  readonly count: Readonly<
    Record<Count, Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>>
  >;
};

export const messages: { readonly [L in Language]: Messages<L> & Texts } = {
  en,
  zh,
  ko,
  ja,
  es,
  fr,
  de,
  it,
  pt,
  nl,
  pl,
  tr,
  ru,
  ar,
  hi,
};
