// Why something happened: the walk from a record along its nearest causes.
import type { Trace } from './trace';

export interface Reason {
  record: number;
  pause: number; // ns until what it caused
  others: number[]; // further causes
  skipped: number; // records between this one and the next that say nothing new
}

const DEPTH_MAX = 4096;

// From the first cause to the record itself. Packets are left out unless the record itself is one; so are receptions of what a
// reason before them has sent.
export function reasonsOf(trace: Trace, record: number): Reason[] {
  const chain: number[] = [];
  for (let i = record; i >= 0 && chain.length < DEPTH_MAX; i = trace.cause(i)) chain.push(i);
  chain.reverse();
  const packets = trace.layer(record) === 'n';
  const kept = chain.filter((i) => i === record || packets || trace.layer(i) !== 'n');
  return kept.map((i, place) => ({
    record: i,
    pause: place + 1 < kept.length ? trace.time(kept[place + 1]!) - trace.time(i) : 0,
    others: trace.causes(i).slice(1),
    skipped: 0,
  }));
}

// What followed, as far as it is news: effects of effects, nearest first.
export function consequencesOf(trace: Trace, record: number, max = 12): number[] {
  const found: number[] = [];
  const queue = [record];
  const seen = new Set(queue);
  for (let steps = 0; queue.length && found.length < max && steps < 4000; steps++) {
    for (const effect of trace.effects(queue.shift()!)) {
      if (seen.has(effect)) continue;
      seen.add(effect);
      if (trace.layer(effect) === 's') found.push(effect);
      queue.push(effect);
    }
  }
  return found.sort((a, b) => a - b);
}
