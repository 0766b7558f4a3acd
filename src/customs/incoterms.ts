import type { Incoterm } from '../../events/common.ts';

export type Side = 'buyer' | 'seller';

export type IncotermRule = {
  /** Any mode of transport, or sea and inland waterway only. */
  readonly modes: 'any' | 'waterway';
  /** Who clears the goods for export, and who for import, which is who owes the duties. */
  readonly exportClearance: Side;
  readonly importClearance: Side;
  /** Who pays the main carriage, and who must insure it, if anybody must. */
  readonly mainCarriage: Side;
  readonly insurance: Side | null;
};

const rule = (
  modes: IncotermRule['modes'],
  [exportClearance, importClearance, mainCarriage]: readonly [Side, Side, Side],
  insurance: Side | null = null,
): IncotermRule => ({ modes, exportClearance, importClearance, mainCarriage, insurance });

/** The eleven rules of Incoterms 2020 (ICC), as far as customs asks. */
export const incotermRules: Readonly<Record<Incoterm, IncotermRule>> = {
  EXW: rule('any', ['buyer', 'buyer', 'buyer']),
  FCA: rule('any', ['seller', 'buyer', 'buyer']),
  CPT: rule('any', ['seller', 'buyer', 'seller']),
  CIP: rule('any', ['seller', 'buyer', 'seller'], 'seller'),
  DAP: rule('any', ['seller', 'buyer', 'seller']),
  DPU: rule('any', ['seller', 'buyer', 'seller']),
  DDP: rule('any', ['seller', 'seller', 'seller']),
  FAS: rule('waterway', ['seller', 'buyer', 'buyer']),
  FOB: rule('waterway', ['seller', 'buyer', 'buyer']),
  CFR: rule('waterway', ['seller', 'buyer', 'seller']),
  CIF: rule('waterway', ['seller', 'buyer', 'seller'], 'seller'),
};
