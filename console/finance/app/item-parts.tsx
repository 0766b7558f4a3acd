import type { Item } from './answers.ts';
import { useDesk } from './context.ts';
import { Badge } from './parts.tsx';
import { linkTo } from './route.ts';
import { wordOf } from './words.ts';

/** Lines of banks and providers have a screen of their own; what the books expect has none. */
export const isLine = (id: string): boolean => id.startsWith('lin_');

/** An item's id, which leads to the line where it is one. */
export function ItemId({ id }: { readonly id: string }) {
  return isLine(id) ? (
    <a class="id" href={linkTo('bank-lines', { id })}>
      {id}
    </a>
  ) : (
    <span class="id">{id}</span>
  );
}

/** Leads to what became of a trade, by the name that its marketplace gave it where there is one. */
export function TradeLink({
  id,
  reference,
}: {
  readonly id: string;
  readonly reference?: string | undefined;
}) {
  return (
    <a class={reference === undefined ? 'id' : ''} href={linkTo('trades', { id })}>
      {reference ?? id}
    </a>
  );
}

/** Where an item stands: matched, closed, in a break that it leads to, or awaited. */
export function ItemState({ status, breakId }: Pick<Item, 'status' | 'breakId'>) {
  const { w } = useDesk();
  if (status === 'open' && breakId !== undefined) {
    return (
      <a href={linkTo('breaks', { id: breakId })}>
        <Badge tone="bad">{w.breaks.id}</Badge>
      </a>
    );
  }
  return (
    <Badge tone={status === 'matched' ? 'good' : status === 'open' ? 'noted' : 'plain'}>
      {wordOf(w.itemStatus, status)}
    </Badge>
  );
}

/** What an item may be recognized by, in one line. */
export const referencesOf = ({ references }: Pick<Item, 'references'>): string =>
  Object.entries(references)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');

/** The same, one below the other. */
export function References({ item }: { readonly item: Pick<Item, 'references'> }) {
  return (
    <>
      {Object.entries(item.references).map(([name, value]) => (
        <div key={name} class="small">
          <span class="soft">{name}</span> <span class="id">{value}</span>
        </div>
      ))}
    </>
  );
}
