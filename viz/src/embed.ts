// The page inside another one: it takes commands and tells of its moment by postMessage. docs/replay-page.md describes both.
import { STAGES, SIDES, type Side, type Stage, type Store } from './store.svelte';
import { STEP_TEXT, type StepSize } from './model/steps';

interface Command {
  mailcosm?: unknown;
  event?: unknown;
  by?: unknown;
  direction?: unknown;
  view?: unknown;
}

// Listens until the returned function is called. Anything that is no command is ignored.
export function listen(store: Store): () => void {
  const take = ({ data, source }: MessageEvent): void => {
    if (typeof data !== 'object' || data === null) return;
    obey(store, data as Command);
    if ((data as Command).mailcosm === 'state' && source) (source as Window).postMessage(momentOf(store), '*');
  };
  addEventListener('message', take);
  return () => removeEventListener('message', take);
}

function obey(store: Store, { mailcosm, event, by, direction, view }: Command): void {
  switch (mailcosm) {
    case 'go':
      store.jump(store.run.trace.find(String(event)));
      break;
    case 'step':
      store.step(direction === -1 ? -1 : 1, typeof by === 'string' && Object.hasOwn(STEP_TEXT, by) ? (by as StepSize) : store.stepSize);
      break;
    case 'play':
    case 'pause':
      store.playing = mailcosm === 'play';
      break;
    case 'view':
      if (([...STAGES, ...SIDES] as unknown[]).includes(view)) store.show(view as Stage | Side);
      break;
  }
}

export function momentOf(store: Store): Record<string, unknown> {
  const { run, record, time, chapter } = store;
  return { mailcosm: 'moment', event: run.trace.id(record), time, chapter: chapter?.number ?? 0, title: chapter?.title ?? '', sentence: run.sentence(record), playing: store.playing };
}

// Tells the page around this one, if there is one. What is told is in the trace, which that page brought.
export function tell(store: Store): void {
  if (window.parent !== window) window.parent.postMessage(momentOf(store), '*');
}
