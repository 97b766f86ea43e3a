// What keys do. Single keys can be switched off (WCAG 2.2, 2.1.4), and do nothing where text is typed.
import { SIDES, STAGES, type Store } from './store.svelte';

export function onKey(store: Store, event: KeyboardEvent, help: () => void): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox') return;
  if (target.closest('dialog')) return;
  if (event.key === ' ' && /^(BUTTON|SUMMARY|INPUT|A)$/.test(target.tagName)) return;
  const action = store.keys ? actions(store, event, help)[event.key] : undefined;
  if (!action) return;
  event.preventDefault();
  action();
}

function actions(store: Store, event: KeyboardEvent, help: () => void): Record<string, () => void> {
  const views = [...STAGES, ...SIDES];
  const size = event.shiftKey ? 'chapter' : store.stepSize;
  const moved = (act: () => void) => () => {
    store.playing = false;
    act();
  };
  return {
    ' ': () => void (store.playing = !store.playing),
    ArrowRight: moved(() => store.step(1, size)),
    ArrowLeft: moved(() => store.step(-1, size)),
    PageDown: moved(() => store.step(1, 'chapter')),
    PageUp: moved(() => store.step(-1, 'chapter')),
    Home: moved(() => store.go(store.run.beginning)),
    End: moved(() => store.go(store.run.trace.count - 1)),
    c: moved(() => store.goCause(-1)),
    v: moved(() => store.goCause(1)),
    '/': () => document.getElementById('search')?.focus(),
    '?': help,
    ...Object.fromEntries(views.map((view, place) => [String(place + 1), () => store.show(view)])),
  };
}
