import { useDesk } from './context.ts';
import { Downloads } from './downloads.tsx';

/** As what reports are handed out: each is a button beside each report. */
const formats = ['csv', 'pdf'] as const;

/** The reports of a month, to its end. */
export function Reports({ period }: { readonly period: string }) {
  const { w } = useDesk();
  return (
    <div class="card">
      <h2>{w.periods.reports}</h2>
      <ul class="reports">
        {Object.entries(w.report).map(([name, title]) => (
          <li key={name}>
            <span>{title}</span>
            <Downloads
              files={formats.map((format) => ({
                path: `/v1/periods/${encodeURIComponent(period)}/reports/${name}?format=${format}`,
                name: `${period}-${name}.${format}`,
                text: format.toUpperCase(),
                label: `${title}, ${format.toUpperCase()}`,
              }))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
