import type { ComponentChildren } from 'preact';
import type { Money } from './answers.ts';
import type { Link, TradeChain } from './answers-chain.ts';
import { useDesk } from './context.ts';
import { instantText, moneyText } from './format.ts';
import { ItemId, ItemState } from './item-parts.tsx';
import { Badge } from './parts.tsx';
import { linkTo } from './route.ts';
import { wordOf } from './words.ts';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Order, charge, hold, releases, payouts and refunds, one below the other. */
export function ChainSteps({ chain }: { readonly chain: TradeChain }) {
  const { w } = useDesk();
  const { order, charge, hold, releases, payouts, refunds, tradeId: trade } = chain;
  return (
    <ol class="chain">
      <Step title={w.chain.order} amount={order.amount} isDone>
        <Fact name={w.chain.payIn} value={order.payIn} />
      </Step>
      <Step title={w.chain.charge} amount={charge?.received} isDone={charge !== null}>
        {charge !== null && (
          <>
            <Fact name={w.chain.at} value={instantText(charge.capturedAt)} />
            <Fact name={w.chain.settled} value={charge.settled} />
            <Fact name={w.chain.fee} value={charge.fee} />
            <Fact name={w.chain.reference} value={charge.chargeId} isId />
            <Lines link={charge.provider} />
            <Books account="1100" of={charge.settled} at={charge.capturedAt} trade={trade} />
          </>
        )}
      </Step>
      <Step title={w.chain.hold} amount={hold?.held} isDone={hold !== null}>
        {hold !== null && (
          <>
            <Fact name={w.chain.spread} value={hold.spread} />
            {charge && <Books account="2100" of={hold.held} at={charge.capturedAt} trade={trade} />}
          </>
        )}
      </Step>
      {releases.map(({ milestoneId, amount, net, fee, releasedAt }) => (
        <Step key={milestoneId} title={w.chain.release} amount={amount} isDone>
          <Fact name={w.chain.milestone} value={milestoneId} />
          <Fact name={w.chain.at} value={instantText(releasedAt)} />
          <Fact name={w.chain.net} value={net} />
          <Fact name={w.chain.fee} value={fee} />
          <Books account="2100" of={amount} at={releasedAt} trade={trade} />
        </Step>
      ))}
      {payouts.length === 0 && <Step title={w.chain.payout} amount={undefined} isDone={false} />}
      {payouts.map((payout) => (
        <PayoutStep key={`${payout.payoutId}${payout.attempt}`} payout={payout} trade={trade} />
      ))}
      {refunds.map(({ refundId, providerRefundId, amount, settledAt, provider }) => (
        <Step key={refundId} title={w.chain.refund} amount={amount} isDone>
          <Fact name={w.chain.at} value={instantText(settledAt)} />
          <Fact name={w.chain.reference} value={providerRefundId} isId />
          <Lines link={provider} />
          <Books account="1100" of={amount} at={settledAt} trade={trade} />
        </Step>
      ))}
    </ol>
  );
}

function PayoutStep({
  payout,
  trade,
}: {
  readonly payout: TradeChain['payouts'][number];
  readonly trade: string;
}) {
  const { w } = useDesk();
  const { attempt, rail, amount, settled, transferId, endToEndId, bank, returned } = payout;
  const link = payout.provider ?? bank ?? null;
  const account = rail === 'bank_file' ? '2300' : '1100';
  return (
    <Step title={w.chain.payout} amount={amount} isDone={settled}>
      <Fact name={w.chain.rail} value={wordOf(w.chain.rails, rail)} />
      {attempt > 1 && <Fact name={w.chain.attempt} value={String(attempt)} />}
      <Fact name={w.chain.reference} value={transferId ?? endToEndId} isId />
      <Lines link={link} />
      {returned != null && <Lines link={returned} />}
      {link !== null && <Books account={account} of={amount} at={link.date} trade={trade} />}
    </Step>
  );
}

function Step({
  title,
  amount,
  isDone,
  children,
}: {
  readonly title: string;
  readonly amount: Money | undefined;
  readonly isDone: boolean;
  readonly children?: ComponentChildren;
}) {
  const { w, language } = useDesk();
  return (
    <li class={isDone ? 'done' : ''}>
      <div class="head">
        <h2>{title}</h2>
        {!isDone && <Badge tone="plain">{w.chain.notYet}</Badge>}
        {amount !== undefined && (
          <p class="sum">{moneyText(language, amount.amountMinor, amount.currency)}</p>
        )}
      </div>
      <dl>{children}</dl>
    </li>
  );
}

function Fact({
  name,
  value,
  isId = false,
}: {
  readonly name: string;
  readonly value: Money | string | undefined;
  readonly isId?: boolean;
}) {
  const { language } = useDesk();
  if (value === undefined) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd class={isId ? 'id' : ''}>
        {typeof value === 'string' ? value : moneyText(language, value.amountMinor, value.currency)}
      </dd>
    </div>
  );
}

/** What was matched with a step, or that nothing was yet. */
function Lines({ link }: { readonly link: Link | null }) {
  const { w } = useDesk();
  if (link === null) return null;
  return (
    <div>
      <dt>{w.chain.lines}</dt>
      <dd>
        {link.matchedWith.map(({ id }) => (
          <ItemId key={id} id={id} />
        ))}
        {link.matchedWith.length === 0 && <ItemState {...link} />}
      </dd>
    </div>
  );
}

/** Leads to the trade's own entries on an account of that day. */
function Books({
  account,
  of: { currency },
  at,
  trade,
}: {
  readonly account: string;
  readonly of: Money;
  readonly at: string;
  readonly trade: string;
}) {
  const { w } = useDesk();
  const day = at.slice(0, DAY_LENGTH);
  return (
    <div>
      <dt>{w.screen.ledger}</dt>
      <dd>
        <a href={linkTo('ledger', { id: account, currency, day, trade })}>
          {account} {currency}, {day}
        </a>
      </dd>
    </div>
  );
}
