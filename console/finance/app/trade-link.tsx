/** Leads to what became of a trade, by the name that its marketplace gave it where there is one. */
export const TradeLink = ({
  tradeId,
  reference,
}: {
  readonly tradeId: string;
  readonly reference?: string | undefined;
}) => <a href={`#/trades/${encodeURIComponent(tradeId)}`}>{reference ?? tradeId}</a>;
