const ROW_HEIGHT = 34;
const BAR_HEIGHT = 22;
const LABEL_WIDTH = 70;
const BARS_WIDTH = 460;
const COUNT_WIDTH = 50;

/** Counts as bars, each with its label and number, and the whole in words for who can't see it. */
export function AgeChart({
  title,
  counts,
}: {
  readonly title: string;
  readonly counts: readonly (readonly [band: string, count: number])[];
}) {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const told = counts.map(([band, count]) => `${band}: ${count}`).join(', ');
  const height = counts.length * ROW_HEIGHT;
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${LABEL_WIDTH + BARS_WIDTH + COUNT_WIDTH} ${height}`}
      role="img"
      aria-label={`${title}. ${told}`}
    >
      {counts.map(([band, count], index) => {
        const width = Math.round((count * BARS_WIDTH) / most);
        const middle = index * ROW_HEIGHT + ROW_HEIGHT / 2;
        return (
          <g key={band}>
            <text x={LABEL_WIDTH - 10} y={middle} text-anchor="end" dominant-baseline="central">
              {band}
            </text>
            <rect
              x={LABEL_WIDTH}
              y={middle - BAR_HEIGHT / 2}
              width={Math.max(width, 2)}
              height={BAR_HEIGHT}
              class={`bar${Math.min(index, 5)}`}
            />
            <text x={LABEL_WIDTH + width + 10} y={middle} dominant-baseline="central">
              {count}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
