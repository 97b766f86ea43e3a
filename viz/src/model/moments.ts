// Moments: the world at any record. Keeps a checkpoint every so many records, made when first passed, so that a jump backwards costs
// at most one stretch of records; the moment last asked for is kept too, so that stepping and playing cost only what happened.
import type { Names } from './names';
import { reducers } from './reduce';
import type { Trace } from './trace';
import { Draft, emptyWorld, type World } from './world';

export class Moments {
  private readonly checkpoints = new Map<number, World>();
  private readonly stretch: number;
  private readonly reducer: ((typeof reducers)[string] | undefined)[];
  private last: { at: number; world: World };

  constructor(
    private readonly trace: Trace,
    private readonly names: Names,
    stretch?: number,
  ) {
    this.stretch = stretch ?? Math.max(1024, Math.ceil(trace.count / 256));
    this.reducer = trace.kinds().map((kind) => reducers[kind.name]);
    this.last = { at: -1, world: emptyWorld(trace) };
    this.checkpoints.set(-1, this.last.world);
  }

  // The world after record i; -1 is before everything.
  at(i: number): World {
    if (i === this.last.at) return this.last.world;
    let { at, world } = this.start(i);
    while (at < i) {
      const next = Math.min(i, (Math.floor(at / this.stretch) + 1) * this.stretch);
      world = this.advance(world, at, next);
      at = next;
      if (at % this.stretch === 0 && !this.checkpoints.has(at)) this.checkpoints.set(at, world);
    }
    this.last = { at: i, world };
    return world;
  }

  private start(i: number): { at: number; world: World } {
    let best = { at: -1, world: this.checkpoints.get(-1)! };
    for (let at = Math.floor(i / this.stretch) * this.stretch; at >= 0; at -= this.stretch) {
      const world = this.checkpoints.get(at);
      if (world) {
        best = { at, world };
        break;
      }
    }
    return this.last.at <= i && this.last.at > best.at ? this.last : best;
  }

  private advance(from: World, after: number, to: number): World {
    const draft = new Draft(from);
    for (let i = after + 1; i <= to; i++) {
      this.reducer[this.trace.kindPlace(i)]?.(draft, this.trace, i, this.trace.host(i), this.names);
    }
    return draft.finish();
  }
}
