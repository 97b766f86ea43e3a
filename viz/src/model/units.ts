// Units: which records belong together: one unit for each connection, one for each walk through the DNS, one for each event outside
// of both. Chapters are told of units.
import type { Trace } from './trace';

export type UnitKind = 'talk' | 'route' | 'event' | 'other';

export interface Unit {
  place: number;
  kind: UnitKind;
  host: number;
  connection: number; // of a talk, else -1
  records: number[]; // all but packets
  before: number; // a unit that only prepared this one (the look-up of an address, the writing of the mail), or -1
  preparing: boolean; // this unit is the `before` of another
  after: number; // that other one, or -1
}

const EVENTS = ['story.step', 'story.skipped', 'link.changed', 'fault.began', 'fault.ended', 'host.crashed', 'host.restarted', 'device.lost'];
const VERDICTS = new Set(['recipient.deferred', 'recipient.bounced', 'bounce.created', 'mail.check_failed', 'message.submission_failed', 'note']);
// What only leads up to something else.
const PREPARING = new Set(['message.composed', 'queue.moved']);
const RETRY = 1e9; // ns; a message that moves after such a pause is taken up again
const SILENT = ['run.started', 'run.ended', 'host.declared', 'link.declared', 'expectation.checked', 'mailbox.created', 'lesson.point'];

export class Units {
  readonly list: Unit[] = [];
  readonly of: Int32Array; // of each record, its unit or -1
  private readonly byConnection = new Map<number, number>();
  private readonly retaken = new Map<number, Unit>(); // messages taken up again, by what they waited after
  private readonly attempts = new Map<number, number>(); // the last connection that followed from a unit

  constructor(private readonly trace: Trace) {
    this.of = new Int32Array(trace.count).fill(-1);
    const silent = trace.kindMask(SILENT);
    const events = trace.kindMask(EVENTS);
    for (let i = 0; i < trace.count; i++) {
      const kind = trace.kindPlace(i);
      if (silent[kind]) continue;
      if (trace.layer(i) === 'n') {
        this.packet(i);
        continue;
      }
      const unit = events[kind] ? this.open('event', i) : this.choose(i);
      this.of[i] = unit.place;
      unit.records.push(i);
    }
  }

  // Packets belong to their connection, or to what caused them; they open nothing, except for a connection that is only attempted.
  private packet(i: number): void {
    const connection = this.trace.connection(i);
    if (connection >= 0) {
      const unit = this.byConnection.get(connection) ?? this.openTalk(connection, i);
      this.of[i] = unit;
      if (this.list[unit]!.records.length === 0) this.list[unit]!.records.push(i);
      return;
    }
    const cause = this.trace.cause(i);
    this.of[i] = cause < 0 ? -1 : this.of[cause]!;
  }

  private choose(i: number): Unit {
    const trace = this.trace;
    const connection = trace.connection(i);
    if (connection >= 0) return this.list[this.byConnection.get(connection) ?? this.openTalk(connection, i)]!;
    const cause = trace.cause(i);
    const parent = cause < 0 || this.of[cause]! < 0 ? undefined : this.list[this.of[cause]!]!;
    if (trace.kind(i) === 'lookup.started') {
      // The next question of the same search: the address of the server that the MX named.
      if (parent?.kind === 'route' && parent.host === trace.host(i) && trace.kind(cause) === 'lookup.answered') return parent;
      const unit = this.open('route', i);
      const before = this.retaken.get(cause) ?? parent;
      if (before?.kind === 'other' && this.isPreparation(before)) this.prepare(before, unit);
      return unit;
    }
    const again = trace.kind(i) === 'queue.moved' && trace.time(i) - trace.time(cause) >= RETRY;
    if (again) return this.takeUp(cause, i);
    if (!parent || parent.kind === 'event') return this.open('other', i);
    // What came of a connection that was never made is caused by what led to it, and told with it.
    const attempt = this.attempts.get(parent.place);
    if (attempt !== undefined && VERDICTS.has(trace.kind(i))) return this.list[attempt]!;
    return parent;
  }

  private openTalk(connection: number, i: number): number {
    const unit = this.open('talk', i);
    unit.connection = connection;
    this.byConnection.set(connection, unit.place);
    const cause = this.trace.cause(i);
    const parent = cause < 0 || this.of[cause]! < 0 ? undefined : this.list[this.of[cause]!]!;
    if (parent?.kind === 'route') this.attempts.set(parent.place, unit.place);
    const before = this.retaken.get(cause) ?? parent;
    if (before && before.host === this.trace.host(i) && this.isPreparation(before)) this.prepare(before, unit);
    return unit.place;
  }

  private takeUp(cause: number, i: number): Unit {
    const unit = this.open('other', i);
    this.retaken.set(cause, unit);
    return unit;
  }

  // The look-up of a plain address, or the writing or taking up of a mail, without anything else.
  private isPreparation(unit: Unit): boolean {
    if (unit.preparing) return false;
    if (unit.kind === 'other') return unit.records.every((at) => PREPARING.has(this.trace.kind(at)));
    return unit.kind === 'route' && !unit.records.some((at) => this.trace.kind(at) === 'lookup.started' && this.trace.text(at, 'type') === 'MX');
  }

  private prepare(before: Unit, unit: Unit): void {
    unit.before = before.place;
    before.preparing = true;
    before.after = unit.place;
  }

  private open(kind: UnitKind, i: number): Unit {
    const unit: Unit = { place: this.list.length, kind, host: this.trace.host(i), connection: -1, records: [], before: -1, preparing: false, after: -1 };
    this.list.push(unit);
    return unit;
  }
}

// The records of a unit and of what prepared it, in order.
export function recordsOf(units: Units, unit: Unit): number[] {
  const before = unit.before < 0 ? [] : recordsOf(units, units.list[unit.before]!);
  return [...before, ...unit.records];
}
