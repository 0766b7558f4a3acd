import type { Incoterm } from '../../events/common.ts';
import type { Money } from '../money/money.ts';
import type { Side } from './incoterms.ts';

export type DeclaredLine = {
  readonly hsCode: string;
  readonly originCountry: string;
  readonly weightGrams: number;
  readonly value: Money;
};

/** How goods are carried (UN/CEFACT Recommendation 19, in words). */
export type TransportMode = 'sea' | 'inland_waterway' | 'rail' | 'road' | 'air' | 'mail';

/** What customs is told of a trade, as the request has it. */
export type GoodsDeclaration = {
  readonly from: string;
  readonly to: string;
  readonly incoterm: Incoterm;
  readonly lines: readonly DeclaredLine[];
  readonly amount: Money;
  readonly dutiesPaidBy?: Side | undefined;
  readonly dutyEstimate?: Money | undefined;
  readonly transportMode?: TransportMode | undefined;
  readonly exportReference?: string | undefined;
};

/** One thing that customs would stop at: where it stands in the request (JSON Pointer), and why. */
export type Offense = {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};
