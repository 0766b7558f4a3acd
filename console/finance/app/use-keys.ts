import { useEffect } from 'preact/hooks';
import { actionOf, type KeyAction } from './keys.ts';
import { linkTo } from './route.ts';

const SETTING = 'tradelane.finance.keys';

/** Whether letters are shortcuts: whoever speaks to the browser turns them off. */
export const keysAreOn = (): boolean => localStorage.getItem(SETTING) !== 'off';
export const turnKeys = (isOn: boolean): void => localStorage.setItem(SETTING, isOn ? 'on' : 'off');

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.matches('textarea, select, input:not([type=checkbox]), dialog *');

/** Listens to the shortcuts as long as somebody is signed in. */
export function useKeys(onHelp: () => void): void {
  useEffect(() => {
    let isAfterG = false;
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      if (ctrlKey || metaKey || altKey || takesText(target) || !keysAreOn()) return;
      const action = actionOf(key, isAfterG);
      isAfterG = action.kind === 'wait';
      if (action.kind === 'none') return;
      event.preventDefault();
      if (action.kind === 'help') onHelp();
      else act(action);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [onHelp]);
}

function act(action: KeyAction): void {
  if (action.kind === 'go') location.hash = linkTo(action.screen);
  if (action.kind === 'search') document.getElementById('search')?.focus();
  if (action.kind === 'up') document.querySelector<HTMLElement>('main .back')?.click();
  if (action.kind === 'row') moveRow(action.by);
}

/** Goes to what can be used in the next or the previous row of the tables on the screen. */
function moveRow(by: 1 | -1): void {
  const stops = [...document.querySelectorAll('main tbody tr')].flatMap((row) => {
    const stop = row.querySelector<HTMLElement>('a, button, input:not(:disabled), summary');
    return stop === null ? [] : [{ row, stop }];
  });
  const at = stops.findIndex(({ row }) => row.contains(document.activeElement));
  const next = at === -1 ? (by === 1 ? 0 : stops.length - 1) : at + by;
  stops[next]?.stop.focus();
}
