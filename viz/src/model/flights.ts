// Flights: what is on its way between two hosts at a moment.
import type { Arrow } from './arrows';
import { dnsText } from './dns_text';
import type { Run } from './run';

export interface Flight {
  arrow: Arrow;
  way: number[]; // hosts
  progress: number; // 0 at the sender, 1 at the receiver
  label: string;
  current: boolean; // the record of the moment sent or received it
}

const MAX = 60;

export class Flights {
  private readonly arrows: Arrow[];
  private readonly bySent = new Map<number, Arrow>();
  private readonly byReceived = new Map<number, Arrow>();
  private readonly reach: Float64Array; // the longest flight among the arrows up to each

  constructor(private readonly run: Run) {
    this.arrows = run.arrows.line;
    this.reach = new Float64Array(this.arrows.length);
    let longest = 0;
    this.arrows.forEach((arrow, place) => {
      this.bySent.set(arrow.sent, arrow);
      if (arrow.received >= 0) this.byReceived.set(arrow.received, arrow);
      longest = Math.max(longest, this.end(arrow) - this.start(arrow));
      this.reach[place] = longest;
    });
  }

  // The arrow that the record of the moment is an end of.
  arrowOf(record: number): Arrow | undefined {
    return this.bySent.get(record) ?? this.byReceived.get(record);
  }

  at(record: number, time: number): Flight[] {
    const flights: Flight[] = [];
    const focus = this.arrowOf(record);
    if (focus) flights.push(this.flight(focus, time, true));
    // Arrows are in the order of sending: go back as far as the longest flight reaches.
    for (let place = this.lastBefore(record); place >= 0 && flights.length < MAX; place--) {
      const arrow = this.arrows[place]!;
      if (time - this.start(arrow) > this.reach[place]!) break;
      if (arrow === focus || this.end(arrow) <= time || this.start(arrow) > time) continue;
      if (arrow.lost && arrow.lostAt < 0) continue;
      flights.push(this.flight(arrow, time, false));
    }
    return flights;
  }

  labelOf(arrow: Arrow): string {
    const { trace } = this.run;
    // Where there are several messages, they are told apart by their subjects.
    if (arrow.kind === 'mail') return this.run.messages.length > 1 ? `“${this.run.subjectOf(trace.message(arrow.sent)).slice(0, 60)}”` : 'the message';
    if (arrow.kind === 'dns') return dnsText(trace.text(arrow.sent, 'summary')).short;
    return trace.text(arrow.sent, arrow.kind === 'packet' ? 'summary' : 'text');
  }

  private flight(arrow: Arrow, time: number, current: boolean): Flight {
    const start = this.start(arrow);
    const length = this.end(arrow) - start;
    return {
      arrow,
      way: this.run.routes.between(arrow.from, arrow.to),
      progress: length > 0 ? Math.min(1, Math.max(0, (time - start) / length)) : 1,
      label: this.labelOf(arrow),
      current,
    };
  }
  private start(arrow: Arrow): number {
    return this.run.trace.time(arrow.sent);
  }
  private end(arrow: Arrow): number {
    const at = arrow.received >= 0 ? arrow.received : arrow.lostAt;
    return at >= 0 ? this.run.trace.time(at) : this.start(arrow);
  }
  private lastBefore(record: number): number {
    let low = 0;
    let high = this.arrows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.arrows[middle]!.sent <= record) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
