const ROW_HEIGHT = 34;
const BAR_HEIGHT = 22;
const BARS_WIDTH = 380;
const LETTER_WIDTH = 8;
const GAP = 10;

export type Bar = {
  readonly label: string;
  /** How long it is beside the others; never below zero. */
  readonly size: bigint;
  /** The size as people read it. */
  readonly text: string;
  readonly tone?: 'plain' | 'noted' | 'bad';
};

/** Sizes as bars, each with its label and number, and the whole in words for who can't see it. */
export function Bars({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }) {
  const most = largestOf(bars);
  const told = bars.map(({ label, text }) => `${label}: ${text}`).join(', ');
  const labelWidth = widthOf(bars.map(({ label }) => label));
  const width = labelWidth + BARS_WIDTH + widthOf(bars.map(({ text }) => text));
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${bars.length * ROW_HEIGHT}`}
      role="img"
      aria-label={`${title}. ${told}`}
    >
      {bars.map(({ label, size, text, tone = 'plain' }, index) => {
        // Whole numbers all the way: only the length in pixels becomes a number.
        const length = Number((size * BigInt(BARS_WIDTH)) / most);
        const middle = index * ROW_HEIGHT + ROW_HEIGHT / 2;
        return (
          <g key={label}>
            <text x={labelWidth - GAP} y={middle} text-anchor="end" dominant-baseline="central">
              {label}
            </text>
            <rect
              x={labelWidth}
              y={middle - BAR_HEIGHT / 2}
              width={size > 0n ? Math.max(length, 2) : 0}
              height={BAR_HEIGHT}
              class={tone}
            />
            <text x={labelWidth + length + GAP} y={middle} dominant-baseline="central">
              {text}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** At least 1, so that lengths can be told by it. */
function largestOf(bars: readonly Bar[]): bigint {
  const [largest] = bars.map(({ size }) => size).sort((left, right) => (left < right ? 1 : -1));
  return largest === undefined || largest === 0n ? 1n : largest;
}

/** What the longest of some texts takes beside the bars. */
const widthOf = (texts: readonly string[]): number =>
  Math.max(...texts.map(({ length }) => length)) * LETTER_WIDTH + 2 * GAP;
