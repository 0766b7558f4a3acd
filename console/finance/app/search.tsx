import { useState } from 'preact/hooks';
import { placeOf } from './find-place.ts';
import type { Words } from './words.ts';

/** Opens whatever has the id that is typed. */
export function Search({ w }: { readonly w: Words }) {
  const [isUnknown, setUnknown] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const place = placeOf(String(new FormData(event.currentTarget).get('id') ?? ''));
    setUnknown(place === undefined);
    if (place === undefined) return;
    event.currentTarget.reset();
    location.hash = place;
  };
  return (
    <search>
      <form class="search" aria-label={w.search.title} onSubmit={submit}>
        <input
          id="search"
          type="search"
          name="id"
          autocomplete="off"
          spellcheck={false}
          aria-label={w.search.title}
          aria-describedby="search-told"
          aria-invalid={isUnknown}
          placeholder={w.search.hint}
          onInput={() => setUnknown(false)}
        />
        <span class="key" aria-hidden="true">
          /
        </span>
        <p id="search-told" class="told" role="status">
          {isUnknown ? w.search.unknown : ''}
        </p>
      </form>
    </search>
  );
}
