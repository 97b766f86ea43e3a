// Arrows: what one host sends and another receives, paired, on four levels of detail. A packet's reception names the sending as its
// cause; so does that of a DNS message; protocol lines and message contents are paired in their order within a connection.
import type { Names } from './names';
import type { Trace } from './trace';

export type Level = 'hop' | 'session' | 'line' | 'packet';
export const LEVELS: Level[] = ['hop', 'session', 'line', 'packet'];

export type ArrowKind = 'mail' | 'line' | 'dns' | 'session' | 'packet';

export interface Arrow {
  kind: ArrowKind;
  from: number; // hosts
  to: number; // -1 if unknown
  sent: number; // record
  received: number; // record, or -1
  lostAt: number; // record that tells of the loss, or -1
  lost: boolean;
  again: number; // the packet that this one repeats, as place in the same list; or -1
  connection: number;
}

export interface Arrows {
  line: Arrow[]; // lines, message contents and DNS messages
  packet: Arrow[];
}

interface Open {
  sent: Map<number, Arrow>; // by record
  queues: Map<string, Arrow[]>; // lines in flight, by connection and sender
}

export function arrowsOf(trace: Trace, names: Names, serverOf: (connection: number) => { client: number; server: number }): Arrows {
  const result: Arrows = { line: [], packet: [] };
  const open: Open = { sent: new Map(), queues: new Map() };
  const kinds = trace.kinds().map((kind) => kind.name);
  for (let i = 0; i < trace.count; i++) {
    switch (kinds[trace.kindPlace(i)]) {
      case 'line.sent':
      case 'data.sent':
        sendLine(trace, serverOf, result, open, i);
        break;
      case 'line.received':
      case 'data.received':
        receiveLine(trace, serverOf, open, i);
        break;
      case 'dns.sent':
        send(trace, result.line, open, i, 'dns', names.at(trace.text(i, 'peer')));
        break;
      case 'packet.sent':
        send(trace, result.packet, open, i, 'packet', names.at(endsOf(trace.text(i, 'summary')).to));
        break;
      case 'dns.received':
      case 'packet.received': {
        const arrow = causing(trace, open, i);
        if (arrow) {
          arrow.received = i;
          arrow.to = trace.host(i);
        }
        break;
      }
      case 'packet.dropped':
        drop(trace, open, i);
        break;
    }
  }
  for (const arrow of result.line) arrow.lost ||= arrow.received < 0;
  linkRepeats(trace, result.packet);
  return result;
}

function send(trace: Trace, list: Arrow[], open: Open, i: number, kind: ArrowKind, to: number): Arrow {
  const arrow: Arrow = { kind, from: trace.host(i), to, sent: i, received: -1, lostAt: -1, lost: false, again: -1, connection: trace.connection(i) };
  list.push(arrow);
  open.sent.set(i, arrow);
  return arrow;
}

function sendLine(trace: Trace, ends: (c: number) => { client: number; server: number }, result: Arrows, open: Open, i: number): void {
  const connection = trace.connection(i);
  if (connection < 0) return;
  const { client, server } = ends(connection);
  const from = trace.host(i);
  const mail = trace.kind(i) === 'data.sent';
  const arrow = send(trace, result.line, open, i, mail ? 'mail' : 'line', from === client ? server : client);
  const key = `${connection} ${from}`;
  const queue = open.queues.get(key);
  if (queue) queue.push(arrow);
  else open.queues.set(key, [arrow]);
}

function receiveLine(trace: Trace, ends: (c: number) => { client: number; server: number }, open: Open, i: number): void {
  const connection = trace.connection(i);
  if (connection < 0) return;
  const { client, server } = ends(connection);
  const to = trace.host(i);
  const queue = open.queues.get(`${connection} ${to === client ? server : client}`);
  if (!queue) return;
  const mail = trace.kind(i) === 'data.received';
  const place = queue.findIndex((arrow) => (arrow.kind === 'mail') === mail && (mail || trace.text(arrow.sent, 'text') === trace.text(i, 'text')));
  // A connection keeps the order: what was sent before has arrived, too, if under another name (the lines of a literal).
  const arrived = place >= 0 ? queue.splice(0, place + 1) : mail ? queue.splice(0) : [];
  for (const arrow of arrived) {
    arrow.received = i;
    arrow.to = to;
  }
}

function causing(trace: Trace, open: Open, i: number): Arrow | undefined {
  for (const cause of trace.causes(i)) {
    const arrow = open.sent.get(cause);
    if (arrow) return arrow;
  }
  return undefined;
}

function drop(trace: Trace, open: Open, i: number): void {
  const arrow = causing(trace, open, i);
  if (!arrow) return;
  arrow.lost = true;
  arrow.lostAt = i;
  // What the packet carried, if it was a datagram, is lost with it.
  for (const cause of trace.causes(arrow.sent)) {
    const carried = open.sent.get(cause);
    if (carried?.kind === 'dns') {
      carried.lost = true;
      carried.lostAt = i;
    }
  }
}

// "192.0.2.1:53 > 192.0.2.2:99 UDP len 4"
export function endsOf(summary: string): { from: string; to: string; rest: string } {
  const match = /^(\S+) > (\S+) (.*)$/.exec(summary);
  return match ? { from: match[1]!, to: match[2]!, rest: match[3]! } : { from: '', to: '', rest: summary };
}

// A segment with the same ends, sequence number and length as an earlier one is a retransmission. Segments without content
// (bare acknowledgements) are repeated all the time and are no retransmissions, unless they carry SYN or FIN.
function linkRepeats(trace: Trace, packets: Arrow[]): void {
  const seen = new Map<string, number>();
  packets.forEach((arrow, place) => {
    const summary = trace.text(arrow.sent, 'summary');
    const match = /^(.* TCP )([A-Z ]*?)seq (\d+) .*len (\d+)(?: retransmission)?$/.exec(summary);
    if (!match || (match[4] === '0' && !/SYN|FIN/.test(match[2]!))) return;
    const key = `${match[1]}${/SYN|FIN/.exec(match[2]!)?.[0] ?? ''} ${match[3]} ${match[4]}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) arrow.again = earlier;
    seen.set(key, place);
  });
}
