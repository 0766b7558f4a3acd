/** A queue of actions by their time; equal times keep the order in which they were added. */
export type Timers = {
  readonly add: (atMs: number, action: () => void) => void;
  /** The time of the next action; undefined if there is none. */
  readonly nextAt: () => number | undefined;
  /** Takes out the next action. Call it only where `nextAt` gave a time. */
  readonly take: () => () => void;
  readonly size: () => number;
};

type Entry = { readonly atMs: number; readonly order: number; readonly action: () => void };

const isBefore = (left: Entry, right: Entry): boolean =>
  left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);

export function createTimers(): Timers {
  const heap: Entry[] = [];
  let added = 0;

  const siftUp = (start: number): void => {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index] as Entry, heap[parent] as Entry)) return;
      swap(heap, index, parent);
      index = parent;
    }
  };

  const siftDown = (): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let first = index;
      for (const child of [left, left + 1]) {
        if (child < heap.length && isBefore(heap[child] as Entry, heap[first] as Entry)) {
          first = child;
        }
      }
      if (first === index) return;
      swap(heap, index, first);
      index = first;
    }
  };

  return {
    add: (atMs, action) => {
      heap.push({ atMs, order: added, action });
      added += 1;
      siftUp(heap.length - 1);
    },
    nextAt: () => heap[0]?.atMs,
    take: () => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined) throw new RangeError('No timer is set.');
      if (heap.length > 0) {
        heap[0] = last;
        siftDown();
      }
      return first.action;
    },
    size: () => heap.length,
  };
}

function swap(heap: Entry[], left: number, right: number): void {
  const entry = heap[left] as Entry;
  heap[left] = heap[right] as Entry;
  heap[right] = entry;
}
