import { useAnswer, useDesk } from './context.ts';
import type { RateSource, RatesAnswer } from './desk-answers.ts';
import { instantText } from './format.ts';
import { percentText, rateText } from './format-rate.ts';
import { Badge, Loaded } from './parts.tsx';
import { Table } from './table.tsx';
import { wordOf } from './words.ts';

/** The latest rates of each source, with their date, their age and what quotes add to them. */
export function Rates() {
  const { w, language } = useDesk();
  const [loading, again] = useAnswer('rates', (api) => api.get<RatesAnswer>('/v1/fx/rates'));
  return (
    <>
      <h1>{w.screen.rates}</h1>
      <Loaded loading={loading} again={again}>
        {({ marginBasisPoints, sources, pegs }) => (
          <>
            <p>
              {w.rates.margin} {percentText(language, marginBasisPoints)}
            </p>
            <RateSources sources={sources} />
            {sources.map((source) => (
              <SourceRates key={source.source} source={source} />
            ))}
            <Pegs pegs={pegs} />
          </>
        )}
      </Loaded>
    </>
  );
}

const tones: Readonly<Record<string, 'good' | 'noted' | 'bad'>> = {
  ...{ current: 'good', late: 'noted', short_locks_only: 'bad', refused: 'bad' },
};

/** Of each source: the day of its rates, how old they are, and whether quotes take them. */
export function RateSources({ sources }: Pick<RatesAnswer, 'sources'>) {
  const { w } = useDesk();
  return (
    <Table
      caption={w.glance.rates}
      name="rate-sources"
      rows={sources}
      keyOf={({ source }) => source}
      empty={w.rates.empty}
      columns={[
        { label: w.rates.source, value: ({ source }) => wordOf(w.rateSource, source) },
        { label: w.rates.published, value: ({ rateDate }) => rateDate },
        { label: w.rates.age, value: ({ ageDays }) => ageDays, isNumber: true },
        {
          label: w.rates.level,
          value: ({ level }) => wordOf(w.rateLevel, level),
          cell: ({ level }) => (
            <Badge tone={tones[level] ?? 'bad'}>{wordOf(w.rateLevel, level)}</Badge>
          ),
        },
        { label: w.rates.fetched, value: ({ fetchedAt }) => instantText(fetchedAt) },
      ]}
    />
  );
}

function SourceRates({ source: { source, rateDate, rates } }: { readonly source: RateSource }) {
  const { w, language } = useDesk();
  const title = `${wordOf(w.rateSource, source)}, ${rateDate}`;
  return (
    <details class="card" open={source === 'ECB'}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <Table
        caption={title}
        name={`rates-${source.toLowerCase()}-${rateDate}`}
        rows={rates}
        keyOf={({ currency }) => currency}
        empty={w.rates.empty}
        columns={[
          { label: w.currency, value: ({ currency }) => currency },
          {
            label: w.rates.perBase,
            value: ({ perBase }) => perBase,
            cell: ({ perBase }) => rateText(language, perBase),
            isNumber: true,
          },
        ]}
      />
    </details>
  );
}

function Pegs({ pegs }: Pick<RatesAnswer, 'pegs'>) {
  const { w, language } = useDesk();
  return (
    <div class="card">
      <h2>{w.rates.pegs}</h2>
      <Table
        caption={w.rates.pegs}
        name="pegs"
        rows={pegs}
        keyOf={({ currency }) => currency}
        empty={w.none}
        columns={[
          { label: w.currency, value: ({ currency }) => currency },
          { label: w.rates.anchor, value: ({ anchor }) => anchor },
          {
            label: w.rates.perAnchor,
            value: ({ perAnchor }) => perAnchor,
            cell: ({ perAnchor }) => rateText(language, perAnchor),
            isNumber: true,
          },
        ]}
      />
    </div>
  );
}
