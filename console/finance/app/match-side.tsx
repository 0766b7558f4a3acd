import type { BreakDetail, Candidate, Item } from './answers.ts';
import { useDesk } from './context.ts';
import { moneyText } from './format.ts';
import { ItemId, referencesOf, TradeLink } from './item-parts.tsx';
import { daysApart, gapWith, type Sides } from './match-sums.ts';
import { Badge } from './parts.tsx';
import { Table } from './table.tsx';
import { wordOf } from './words.ts';

type MatchSideProps = {
  readonly side: Item['side'];
  readonly one: BreakDetail;
  readonly items: readonly Candidate[];
  readonly chosen: ReadonlySet<string>;
  /** Those of the break itself, which are always part of the match. */
  readonly fixed: ReadonlySet<string>;
  readonly sums: Sides;
  readonly onToggle: (id: string) => void;
};

/** A day within the window says nothing by itself. */
const TELLING = 30;

/** One side of a match: its items to choose from, each with what it would leave between the sides. */
export function MatchSide(props: MatchSideProps) {
  const { w } = useDesk();
  const { side, one, items, chosen, fixed, sums, onToggle } = props;
  const { currency } = one.difference;
  return (
    <section class="card">
      <h2>{w.breaks[side]}</h2>
      <Table
        caption={w.breaks[side]}
        name={`match-${one.id}-${side}`}
        rows={items}
        keyOf={({ id }) => id}
        empty={w.match.empty}
        columns={[
          {
            label: w.match.choose,
            value: ({ id }) => (chosen.has(id) ? w.match.chosen : ''),
            cell: ({ id }) => (
              <input
                type="checkbox"
                aria-label={`${w.match.choose}: ${id}`}
                checked={chosen.has(id)}
                disabled={fixed.has(id)}
                onChange={() => onToggle(id)}
              />
            ),
          },
          {
            label: w.breaks.item,
            value: ({ id }) => id,
            isLong: true,
            cell: (item) => <About item={item} />,
          },
          {
            label: w.date,
            value: ({ date }) => date,
            cell: ({ date }) => <When date={date} since={one.since} />,
          },
          {
            label: w.amount,
            money: ({ amount }) => amount,
            below: (item) => <Gap minor={gapWith(item, chosen, sums)} currency={currency} />,
          },
        ]}
      />
    </section>
  );
}

/** What choosing an item would leave between the sides. */
function Gap({ minor, currency }: { readonly minor: bigint; readonly currency: string }) {
  const { w, language } = useDesk();
  return (
    <div class="small soft">
      {minor === 0n ? (
        <Badge tone="good">{w.match.none}</Badge>
      ) : (
        `${w.match.gap} ${moneyText(language, String(minor), currency)}`
      )}
    </div>
  );
}

/** The day of an item, and how far it is from that of the break. */
function When({ date, since }: { readonly date: string; readonly since: string }) {
  const { w } = useDesk();
  return (
    <>
      {date}
      <div class="small soft">
        {daysApart(since, date)} {w.match.days}
      </div>
    </>
  );
}

function About({ item }: { readonly item: Candidate }) {
  const { w } = useDesk();
  const { score = 0, why = [] } = item;
  return (
    <>
      <ItemId id={item.id} />
      <span class="soft small clamp">{referencesOf(item)}</span>
      {item.about?.tradeId !== undefined && <TradeLink id={item.about.tradeId} />}
      {score >= TELLING && (
        <span class="small likeness">
          {w.match.score} {score}/100: {why.map((one) => wordOf(w.likeness, one)).join(', ')}
        </span>
      )}
    </>
  );
}
