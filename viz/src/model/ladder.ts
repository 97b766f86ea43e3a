// The sequence ladder laid out: lanes are hosts, time runs downwards, arrows slope with their latency. Pauses take the logarithm of
// their length; long ones are torn out.
import { endsOf as packetEnds, type Arrow, type Level } from './arrows';
import type { Run } from './run';

export interface Lane {
  name: string;
  hosts: number[];
}

export interface Rung {
  arrow: Arrow;
  from: number; // lanes
  to: number;
  y1: number; // sent
  y2: number; // received or lost
  label: string;
  tone: 'mail' | 'line' | 'dns' | 'packet' | 'session' | 'bad';
}

export interface Tear {
  y: number; // its middle
  length: number; // ns
}

export interface LadderLayout {
  lanes: Lane[];
  rungs: Rung[];
  tears: Tear[];
  height: number;
  yOf(record: number): number;
}

const ROW = 21; // least distance between the beginnings of arrows
const ROW_END = 15; // and between their heads
const TEAR = 44;
const TORN = 2e9; // ns
const TOP = 16;

interface End {
  time: number;
  record: number;
  rung: Rung;
  start: boolean;
}

export interface LadderOptions {
  level: Level;
  hidden: ReadonlySet<number>; // hosts
  folded: ReadonlySet<string>; // organisations whose hosts share one lane
  within?: { first: number; last: number; hosts: readonly number[] } | undefined; // one chapter
}

export function layLadder(run: Run, options: LadderOptions): LadderLayout {
  const { level, hidden, within } = options;
  const inside = (arrow: Arrow): boolean => !within || (arrow.sent >= within.first && arrow.sent <= within.last && within.hosts.includes(arrow.from) && within.hosts.includes(arrow.to));
  const arrows = arrowsFor(run, level).filter((arrow) => arrow.to >= 0 && !hidden.has(arrow.from) && !hidden.has(arrow.to) && inside(arrow));
  const { lanes, laneOf } = lanesFor(run, arrows, options.folded);
  const rungs = arrows.map((arrow): Rung => {
    const to = laneOf.get(arrow.to)!;
    return { arrow, from: laneOf.get(arrow.from)!, to, y1: 0, y2: 0, label: labelOf(run, arrow, level), tone: arrow.lost && arrow.kind !== 'session' ? 'bad' : arrow.kind };
  });
  return { lanes, rungs, ...place(run, rungs) };
}

function arrowsFor(run: Run, level: Level): Arrow[] {
  if (level === 'packet') return run.arrows.packet;
  if (level === 'line') return run.arrows.line;
  const near = (arrow: Arrow): boolean => [arrow.from, arrow.to].some((host) => host >= 0 && /client|mta|mailbox/.test(run.names.hosts[host]!.roles.join(' ')));
  const hops = run.arrows.line.filter((arrow) => arrow.kind === 'mail' || (arrow.kind === 'dns' && near(arrow)));
  if (level === 'hop') return hops;
  const sessions = run.talks
    .filter((talk) => talk.protocol && talk.server >= 0)
    .map((talk): Arrow => ({ kind: 'session', from: talk.client, to: talk.server, sent: talk.records[0] ?? talk.first, received: talk.last, lostAt: -1, lost: false, again: -1, connection: talk.connection }));
  return [...sessions, ...hops].sort((a, b) => a.sent - b.sent);
}

function lanesFor(run: Run, arrows: Arrow[], folded: ReadonlySet<string>): { lanes: Lane[]; laneOf: Map<number, number> } {
  const lanes: Lane[] = [];
  const laneOf = new Map<number, number>();
  const byOrganisation = new Map<string, number>();
  const add = (host: number): void => {
    if (laneOf.has(host)) return;
    const { name, organisation } = run.names.hosts[host]!;
    const shared = folded.has(organisation) ? byOrganisation.get(organisation) : undefined;
    if (shared !== undefined) {
      lanes[shared]!.hosts.push(host);
      laneOf.set(host, shared);
      return;
    }
    lanes.push({ name: folded.has(organisation) ? organisation : name, hosts: [host] });
    laneOf.set(host, lanes.length - 1);
    byOrganisation.set(organisation, lanes.length - 1);
  };
  for (const arrow of arrows) {
    add(arrow.from);
    add(arrow.to);
  }
  return { lanes, laneOf };
}

function labelOf(run: Run, arrow: Arrow, level: Level): string {
  if (arrow.kind === 'dns' && level !== 'line') return run.flights.labelOf(arrow).replace(/^NOERROR[^:]*: /, '');
  if (arrow.kind === 'packet') return packetEnds(run.trace.text(arrow.sent, 'summary')).rest.replace(/ win \d+/, '');
  if (arrow.kind !== 'session') return run.flights.labelOf(arrow);
  const talk = run.talks[arrow.connection]!;
  return `${talk.protocol.toUpperCase()} (${Math.max(talk.records.length, talk.serverRecords.length)} lines)`;
}

function endsOf(run: Run, rungs: Rung[]): End[] {
  const ends: End[] = [];
  for (const rung of rungs) {
    const { arrow } = rung;
    ends.push({ time: run.trace.time(arrow.sent), record: arrow.sent, rung, start: true });
    const stop = arrow.received >= 0 ? arrow.received : arrow.lostAt;
    if (stop >= 0) ends.push({ time: run.trace.time(stop), record: stop, rung, start: false });
  }
  return ends.sort((a, b) => a.time - b.time || a.record - b.record);
}

function place(run: Run, rungs: Rung[]): Pick<LadderLayout, 'tears' | 'height' | 'yOf'> {
  const ends = endsOf(run, rungs);
  const tears: Tear[] = [];
  const ys = new Float64Array(ends.length);
  let y = TOP;
  let lastStart = -Infinity;
  let lastEnd = -Infinity;
  ends.forEach((end, place) => {
    const pause = place ? end.time - ends[place - 1]!.time : 0;
    if (pause >= TORN) {
      tears.push({ y: y + TEAR / 2 + 4, length: pause });
      y += TEAR + 8;
    } else if (place) y += Math.min(34, 4 * Math.log2(1 + pause / 100e3));
    if (end.start) {
      y = Math.max(y, lastStart + ROW);
      lastStart = y;
      end.rung.y1 = end.rung.y2 = y;
    } else {
      y = Math.max(y, lastEnd + ROW_END, end.rung.y1 + 4);
      lastEnd = y;
      end.rung.y2 = y;
    }
    ys[place] = y;
  });
  // What got lost without a word is drawn falling a little.
  for (const rung of rungs) if (rung.y2 === rung.y1) rung.y2 = rung.y1 + 10;
  return { tears, height: y + 60, yOf: (record) => yAt(ends, ys, record) };
}

function yAt(ends: End[], ys: Float64Array, record: number): number {
  // Records are in the order of time, so that the last end at or before the record is found by halving.
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]!.record <= record) low = middle + 1;
    else high = middle;
  }
  return low ? ys[low - 1]! : TOP;
}

// Place of the first rung that was sent at or after a record.
export function rungAfter({ rungs }: LadderLayout, record: number): number {
  let low = 0;
  let high = rungs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rungs[middle]!.arrow.sent < record) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The rungs that a stretch of the ladder shows. Rungs are in the order of their beginnings.
export function rungsBetween(layout: LadderLayout, top: number, bottom: number): Rung[] {
  const { rungs } = layout;
  let low = 0;
  let high = rungs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rungs[middle]!.y1 <= bottom) low = middle + 1;
    else high = middle;
  }
  const found: Rung[] = [];
  for (let at = low - 1; at >= 0 && low - at < 600; at--) {
    if (rungs[at]!.y2 >= top) found.push(rungs[at]!);
  }
  return found.reverse();
}
