// Axis: where a moment stands on the line of time, from 0 to 1. Three modes: by event (each step the same), linear, and nonlinear,
// where a pause takes the logarithm of its length, and a long one is torn out and drawn as a gap of fixed width.
import type { Trace } from './trace';

export type AxisMode = 'event' | 'nonlinear' | 'linear';

export interface Gap {
  from: number; // positions
  to: number;
  length: number; // ns
  before: number; // record before it
}

const UNIT = 100e3; // ns; shorter pauses take next to nothing
const TORN = 2e9; // ns; a pause from here on is torn out
const TORN_WEIGHT = 30;
const STEP_WEIGHT = 0.35; // what each step takes besides its pause, so that simultaneous steps stay apart

export class Axis {
  readonly gaps: Gap[] = [];
  weight = 1; // how much there is to show: steps, and pauses as drawn
  private readonly anchors: Uint32Array; // records
  private readonly positions: Float64Array;

  constructor(
    private readonly trace: Trace,
    readonly mode: AxisMode,
  ) {
    this.anchors = anchorsOf(trace);
    this.positions = new Float64Array(this.anchors.length);
    this.place();
  }

  private place(): void {
    const { anchors, positions, trace } = this;
    let at = 0;
    const torn: number[] = [];
    for (let a = 1; a < anchors.length; a++) {
      const pause = trace.time(anchors[a]!) - trace.time(anchors[a - 1]!);
      if (this.mode === 'event') at += 1;
      else if (this.mode === 'linear') at += pause;
      else if (pause >= TORN) {
        torn.push(a);
        at += TORN_WEIGHT;
      } else at += STEP_WEIGHT + Math.log2(1 + pause / UNIT);
      positions[a] = at;
    }
    const whole = at || 1;
    this.weight = this.mode === 'linear' ? 400 : whole;
    for (let a = 0; a < positions.length; a++) positions[a]! /= whole;
    for (const a of torn) {
      this.gaps.push({
        from: positions[a - 1]!,
        to: positions[a]!,
        length: trace.time(anchors[a]!) - trace.time(anchors[a - 1]!),
        before: anchors[a - 1]!,
      });
    }
  }

  // Position of a moment: the last record that has happened, and the time, which may be later.
  of(record: number, time: number): number {
    if (this.anchors.length === 0) return 0;
    const a = this.anchorAt(record);
    const here = this.positions[a]!;
    if (this.mode === 'event' || a + 1 >= this.anchors.length) return here;
    const start = this.trace.time(this.anchors[a]!);
    const stop = this.trace.time(this.anchors[a + 1]!);
    if (time <= start || stop <= start) return here;
    return here + (this.positions[a + 1]! - here) * Math.min(1, (time - start) / (stop - start));
  }

  // The moment at a position.
  at(position: number): { record: number; time: number } {
    if (this.anchors.length === 0) return { record: 0, time: 0 };
    let low = 0;
    let high = this.anchors.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.positions[middle]! <= position) low = middle;
      else high = middle - 1;
    }
    const record = this.anchors[low]!;
    const time = this.trace.time(record);
    if (this.mode === 'event' || low + 1 >= this.anchors.length) return { record, time };
    const width = this.positions[low + 1]! - this.positions[low]!;
    const next = this.trace.time(this.anchors[low + 1]!);
    const inside = width > 0 ? Math.min(1, Math.max(0, (position - this.positions[low]!) / width)) : 0;
    return { record, time: time + (next - time) * inside };
  }

  // How many anchors lie in each of `bins` stretches of the axis.
  density(bins: number): Uint32Array {
    const counts = new Uint32Array(bins);
    for (const position of this.positions) counts[Math.min(bins - 1, Math.floor(position * bins))]!++;
    return counts;
  }

  private anchorAt(record: number): number {
    let low = 0;
    let high = this.anchors.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.anchors[middle]! <= record) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const SETUP = ['host.declared', 'link.declared', 'expectation.checked', 'run.ended', 'lesson.point'];

// What takes room on the axis: the first record, and all that is neither a packet nor set-up.
function anchorsOf(trace: Trace): Uint32Array {
  const setup = trace.kindMask(SETUP);
  const anchors: number[] = trace.count ? [0] : [];
  for (let i = 1; i < trace.count; i++) {
    if (trace.layer(i) !== 'n' && !setup[trace.kindPlace(i)]) anchors.push(i);
  }
  if (anchors.length === 1) for (let i = 1; i < trace.count; i++) anchors.push(i);
  return Uint32Array.from(anchors);
}
