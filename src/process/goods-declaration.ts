import type { CreateTrade } from '../../events/marketplace/create-trade.v1.ts';
import { checkGoods } from '../customs/check-goods.ts';
import type { GoodsDeclaration, Offense } from '../customs/declaration.ts';
import { type ExportDeclaration, exportDeclarationOf } from '../customs/export-declaration.ts';
import { incotermRules, type Side } from '../customs/incoterms.ts';
import type { CustomsPolicy } from '../customs/policy.ts';
import { crossesCustomsBorder } from '../customs/territories.ts';
import type { TradeHistory } from './trade-view.ts';

/** A request as customs sees it. */
const declarationOf = ({ parties, lineItems, ...body }: CreateTrade): GoodsDeclaration => ({
  from: parties.seller.address.country,
  to: parties.buyer.address.country,
  incoterm: body.incoterm,
  lines: lineItems,
  amount: body.amount,
  dutiesPaidBy: body.dutiesPaidBy,
  dutyEstimate: body.dutyEstimate,
  transportMode: body.transportMode,
  exportReference: body.exportReference,
});

/** Why goods can't be sent as a request has them; undefined where they can. */
export function refusalOfGoods(
  body: CreateTrade,
  policy: CustomsPolicy,
):
  | { readonly code: string; readonly detail: string; readonly errors: readonly Offense[] }
  | undefined {
  const errors = checkGoods(declarationOf(body), policy);
  if (errors.length === 0) return undefined;
  const what = errors.length === 1 ? 'One thing' : `${errors.length} things`;
  return {
    code: 'customs.not_declarable',
    detail: `${what} would stop the goods at the border; nothing was opened.`,
    errors,
  };
}

/** What a trade's parties should know of customs. */
export type CustomsView = {
  readonly crossesBorder: boolean;
  readonly exportClearedBy: Side;
  readonly importClearedBy: Side;
  readonly exportDeclaration: ExportDeclaration['kind'];
  /** The lines by which it is required, counted from zero. */
  readonly exportDeclarationLines?: readonly number[];
};

/** The customs of a trade that was opened, by the terms that it was opened with. */
export function customsView(
  { escrow: { terms } }: Pick<TradeHistory, 'escrow'>,
  policy: CustomsPolicy,
): CustomsView {
  const { seller, buyer, incoterm, items } = terms;
  const route = { from: seller.country, to: buyer.country };
  const required = exportDeclarationOf({ ...route, lines: items }, policy);
  const { exportClearance, importClearance } = incotermRules[incoterm];
  return {
    crossesBorder: crossesCustomsBorder(route.from, route.to),
    exportClearedBy: exportClearance,
    importClearedBy: importClearance,
    exportDeclaration: required.kind,
    ...(required.kind === 'required' ? { exportDeclarationLines: required.lines } : {}),
  };
}
