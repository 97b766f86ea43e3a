// Plays: moves the moment along the axis until the end or a pause. Never starts by itself.
import type { Store } from './store.svelte';

const SECONDS_PER_WEIGHT = 0.16;

// Runs as long as store.playing; returns how to stop.
export function play(store: Store): () => void {
  let last = performance.now();
  let frame = 0;
  let position = store.position >= 1 ? 0 : store.position;
  let shown = position;
  const tick = (now: number): void => {
    // The reader may have gone elsewhere in the meantime.
    if (Math.abs(store.position - shown) > 1e-9) position = store.position;
    const seconds = Math.min(0.25, (now - last) / 1000);
    last = now;
    position += (seconds * store.speed) / (SECONDS_PER_WEIGHT * store.run.axis(store.axisMode).weight);
    store.slide(position);
    shown = store.position;
    if (position >= 1) store.playing = false;
    else frame = requestAnimationFrame(tick);
  };
  frame = requestAnimationFrame(tick);
  return () => cancelAnimationFrame(frame);
}
