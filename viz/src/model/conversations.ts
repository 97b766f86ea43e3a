// Conversations: every connection of the run as a dialogue between a client and a server.
import { endsOf } from './arrows';
import type { Names } from './names';
import type { Trace } from './trace';

export interface Conversation {
  connection: number; // place in the trace's connections
  protocol: string; // submission, smtp, lmtp, pop3, imap, ...; empty if no session was opened
  client: number; // host that opened it
  server: number; // -1 if unknown
  clientEnd: string; // address and port
  serverEnd: string;
  first: number; // records
  last: number;
  records: number[]; // those of its dialogue as the client sees them
  serverRecords: number[];
  end: string; // how it ended, or empty
}

const DIALOGUE = ['session.opened', 'session.closed', 'line.sent', 'line.received', 'data.sent', 'data.received', 'note'];

export function conversationsOf(trace: Trace, names: Names): Conversation[] {
  const list: Conversation[] = [];
  const dialogue = trace.kindMask(DIALOGUE);
  const sent = trace.kindMask(['packet.sent']);
  for (let i = 0; i < trace.count; i++) {
    const connection = trace.connection(i);
    if (connection < 0) continue;
    const talk = (list[connection] ??= begin(trace, connection, i));
    talk.last = i;
    if (talk.server < 0 && sent[trace.kindPlace(i)] && trace.host(i) === talk.client) attempted(trace, names, talk, i);
    if (dialogue[trace.kindPlace(i)]) take(trace, names, talk, i);
  }
  for (let c = 0; c < trace.connectionCount; c++) list[c] ??= begin(trace, c, 0);
  return list;
}

// "h5c1": host 5 opened it.
function begin(trace: Trace, connection: number, first: number): Conversation {
  const opener = /^h(\d+)c/.exec(trace.connectionName(connection));
  const client = opener ? Number(opener[1]) : -1;
  return { connection, protocol: '', client, server: -1, clientEnd: '', serverEnd: '', first, last: first, records: [], serverRecords: [], end: '' };
}

// Before any dialogue, the first packet tells whom the client wants.
function attempted(trace: Trace, names: Names, talk: Conversation, i: number): void {
  const { from, to } = endsOf(trace.text(i, 'summary'));
  talk.clientEnd ||= from;
  talk.serverEnd ||= to;
  talk.server = names.at(to);
}

function take(trace: Trace, names: Names, talk: Conversation, i: number): void {
  const host = trace.host(i);
  if (host === talk.client) talk.records.push(i);
  else talk.serverRecords.push(i);
  const kind = trace.kind(i);
  if (kind === 'session.opened') {
    const byClient = trace.text(i, 'side') === 'client';
    talk.protocol ||= trace.text(i, 'protocol');
    talk.clientEnd = trace.text(i, byClient ? 'local' : 'remote');
    talk.serverEnd = trace.text(i, byClient ? 'remote' : 'local');
    talk.server = byClient ? serverOf(trace, names, i) : host;
  } else if (kind === 'session.closed' && (host === talk.client || !talk.end)) {
    talk.end = trace.text(i, 'reason');
  } else if (kind !== 'note' && !talk.protocol) {
    talk.protocol = trace.text(i, 'protocol');
  }
}

function serverOf(trace: Trace, names: Names, i: number): number {
  const place = names.at(trace.text(i, 'remote'));
  return place >= 0 ? place : names.place(trace.text(i, 'peer'));
}

// A host that talks with itself has both sides in its own records.
export function isWithin(talk: Conversation): boolean {
  return talk.client === talk.server;
}

// The dialogue to show: the client's view, or the server's if the client recorded nothing.
export function dialogueOf(talk: Conversation): { records: number[]; fromClient: boolean } {
  const fromClient = talk.records.length > 0;
  return { records: fromClient ? talk.records : talk.serverRecords, fromClient };
}

export function endedOrderly(reason: string): boolean {
  return /^(quit|logout|bye|)$/i.test(reason);
}
