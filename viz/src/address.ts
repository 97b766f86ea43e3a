// The address of the page: #e=h3s12&view=ladder&side=why names the moment and the view, so that links and the Back button work.
import { LEVELS, type Level } from './model/arrows';
import { SIDES, STAGES, type Side, type Stage, type Store } from './store.svelte';

export function readAddress(store: Store, hash: string): void {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const view = values.get('view') ?? '';
  const side = values.get('side') ?? '';
  if ((STAGES as readonly string[]).includes(view)) store.show(view as Stage);
  if ((SIDES as readonly string[]).includes(side)) store.show(side as Side);
  const level = values.get('level') ?? '';
  if ((LEVELS as readonly string[]).includes(level)) store.level = level as Level;
  if (values.has('embed')) {
    store.embedded = values.get('embed') !== '0';
    store.beside = values.has('side');
  }
  if (values.has('predict')) store.predicting = values.get('predict') !== '0';
  const host = store.run.names.place(values.get('host') ?? '');
  store.pinned = host;
  const record = store.run.trace.find(values.get('e') ?? '');
  if (record >= 0) store.go(record);
}

export function writeAddress(store: Store): string {
  const values = new URLSearchParams();
  values.set('e', store.run.trace.id(store.told));
  if (store.stage !== 'map') values.set('view', store.stage);
  if (store.stage === 'ladder' && store.level !== 'line') values.set('level', store.level);
  if (store.embedded ? store.beside : store.side !== 'dialogue') values.set('side', store.side);
  if (store.pinned >= 0) values.set('host', store.run.names.name(store.pinned));
  if (store.embedded) values.set('embed', '1');
  if (store.predicting) values.set('predict', '1');
  return `#${values.toString()}`;
}

// Jumps make a new entry of the history, steps replace the entry. A sandboxed frame may refuse either.
export function keepAddress(address: string, jump: boolean): void {
  if (address === location.hash) return;
  try {
    if (jump) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  } catch {
    // The page works without.
  }
}
