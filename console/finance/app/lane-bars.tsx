import type { Lane } from './desk-answers.ts';
import { moneyText } from './format.ts';
import type { Language } from './words.ts';

const ROW_HEIGHT = 34;
const BAR_HEIGHT = 22;
const LABEL_WIDTH = 80;
const BARS_WIDTH = 340;
const VALUE_WIDTH = 180;

const nameOf = ({ sellerCountry, buyerCountry }: Lane): string =>
  `${sellerCountry} → ${buyerCountry}`;

/** Lanes of one currency as bars, the largest first, and the whole in words for who can't see it. */
export function LaneBars({
  title,
  lanes,
  language,
}: {
  readonly title: string;
  readonly lanes: readonly Lane[];
  readonly language: Language;
}) {
  const most = BigInt(lanes[0]?.volume.amountMinor ?? '1');
  const volumeOf = ({ volume }: Lane) => moneyText(language, volume.amountMinor, volume.currency);
  const told = lanes.map((lane) => `${nameOf(lane)}: ${volumeOf(lane)}`).join(', ');
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${LABEL_WIDTH + BARS_WIDTH + VALUE_WIDTH} ${lanes.length * ROW_HEIGHT}`}
      role="img"
      aria-label={`${title}. ${told}`}
    >
      {lanes.map((lane, index) => {
        // Whole numbers all the way: only the width in pixels becomes a number.
        const width = Number((BigInt(lane.volume.amountMinor) * BigInt(BARS_WIDTH)) / most);
        const middle = index * ROW_HEIGHT + ROW_HEIGHT / 2;
        return (
          <g key={nameOf(lane)}>
            <text x={LABEL_WIDTH - 10} y={middle} text-anchor="end" dominant-baseline="central">
              {nameOf(lane)}
            </text>
            <rect
              x={LABEL_WIDTH}
              y={middle - BAR_HEIGHT / 2}
              width={Math.max(width, 2)}
              height={BAR_HEIGHT}
            />
            <text x={LABEL_WIDTH + width + 10} y={middle} dominant-baseline="central">
              {volumeOf(lane)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
