// The lines to show for a moment: a conversation as its client sees it, or the questions and answers of a walk through the DNS.
import { dialogueOf, endedOrderly, isWithin, type Conversation } from './conversations';
import { dnsText } from './dns_text';
import { isRefusal, OUTCOMES } from './facts';
import { glossOf, glossOfDns, type Gloss } from './gloss';
import { deviceOf } from './names';
import type { Run } from './run';
import { recordsOf, type Unit } from './units';

export interface Line {
  record: number; // when it was said; a link to the line leads there
  heard: number; // the record of the asking side
  sign: '->' | '<-' | '==' | '**'; // as swaks writes: by the client, by the server, a remark, trouble
  who: string; // of DNS messages, else empty
  text: string;
  content: string; // of a message
  glosses: Gloss[];
  refusal: boolean;
}

export interface Dialogue {
  title: string;
  protocol: string;
  connection: number;
  lines: Line[];
}

const NONE: Dialogue = { title: '', protocol: '', connection: -1, lines: [] };

export function dialogueAt(run: Run, record: number): Dialogue {
  const { trace, units } = run;
  let place = units.of[record] ?? -1;
  for (let i = record; place < 0 && i > 0 && i > record - 200; i--) place = units.of[i]!;
  if (place < 0) return NONE;
  let unit = units.list[place]!;
  while (unit.after >= 0) unit = units.list[unit.after]!;
  if (unit.kind === 'talk') return talkOf(run, unit);
  if (unit.kind === 'route') return routeOf(run, unit.records, `${trace.hostName(unit.host)} looks something up`);
  return NONE;
}

function talkOf(run: Run, unit: Unit): Dialogue {
  const talk = run.talks[unit.connection]!;
  const before = unit.before < 0 ? [] : routeOf(run, recordsOf(run.units, run.units.list[unit.before]!), '').lines;
  const { records, fromClient } = isWithin(talk) ? { records: spokenWithin(run, talk), fromClient: true } : dialogueOf(talk);
  const lines: Line[] = [...before];
  let command = '';
  for (const i of records) {
    const line = lineOf(run, i, fromClient, command);
    if (line && isWithin(talk) && line.sign === '->' && isReply(talk.protocol, line.text)) Object.assign(line, { sign: '<-', glosses: glossOf(talk.protocol, line.text, false, command) });
    if (!line) continue;
    if (line.sign === '->' && line.text) command = line.text;
    lines.push(line);
  }
  const server = talk.server < 0 ? talk.serverEnd : run.names.name(talk.server);
  return { title: `${run.names.name(talk.client)} and ${server}`, protocol: talk.protocol, connection: unit.connection, lines };
}

// Of a host that talks with itself: each line once, when it is said.
function spokenWithin({ trace }: Run, talk: Conversation): number[] {
  const opened = talk.records.find((i) => trace.kind(i) === 'session.opened');
  const closed = talk.records.find((i) => trace.kind(i) === 'session.closed');
  return talk.records.filter((i) => i === opened || i === closed || /sent$|^note$/.test(trace.kind(i)));
}

function isReply(protocol: string, text: string): boolean {
  if (protocol === 'imap') return /^(\*|\+|\)|\S+ (OK|NO|BAD)\b)/.test(text);
  if (protocol === 'pop3') return /^(\+OK|-ERR|\d+( \S+)?$|\.$)/.test(text);
  return /^\d{3}[ -]/.test(text);
}

function lineOf(run: Run, i: number, fromClient: boolean, command: string): Line | undefined {
  const { trace } = run;
  const kind = trace.kind(i);
  const sent = kind.endsWith('.sent') === fromClient;
  const base = { record: saidAt(run, i), heard: i, who: '', content: '', glosses: [], refusal: false };
  if (kind.startsWith('line.')) {
    const text = trace.text(i, 'text');
    const glosses = glossOf(trace.text(i, 'protocol'), text, sent, command);
    const plain = sent ? plainMeaning(text) : undefined;
    return { ...base, sign: sent ? '->' : '<-', text, glosses: plain ? [...glosses, plain] : glosses, refusal: isRefusal(trace, i) };
  }
  if (kind.startsWith('data.')) {
    const content = trace.text(i, 'bytes');
    return { ...base, sign: sent ? '->' : '<-', text: '', content };
  }
  if (kind === 'note') return { ...base, sign: '==', text: trace.text(i, 'text') };
  if (kind === 'session.opened') return { ...base, sign: '==', text: `Connected to ${trace.text(i, 'peer') || trace.text(i, 'remote')}, ${trace.text(i, 'remote')}` };
  const reason = trace.text(i, 'reason');
  if (kind === 'session.closed') return { ...base, sign: endedOrderly(reason) ? '==' : '**', text: endedOrderly(reason) ? 'Connection closed' : `Connection closed: ${reason}`, refusal: !endedOrderly(reason) };
  return undefined;
}

// A line is said before it is heard; what is told is when the other side sent it.
function saidAt(run: Run, i: number): number {
  return run.flights.arrowOf(i)?.sent ?? i;
}

// What stands behind the base64 of "AUTH PLAIN AGFsaWNl...": RFC 4616 section 2, with the password left out.
function plainMeaning(text: string): Gloss | undefined {
  const match = /^(?:AUTH|\S+ AUTHENTICATE) PLAIN (\S+)$/i.exec(text);
  if (!match) return undefined;
  try {
    const [, user, password] = atob(match[1]!).split('\0');
    if (!user || !password) return undefined;
    return { term: 'base64', says: `is not a secret code: it says that the user is ${user}, and the password.`, rfc: 'RFC 4616 section 2' };
  } catch {
    return undefined;
  }
}

// Only the asking side is told: what it sends and what it gets back.
function routeOf(run: Run, records: number[], title: string): Dialogue {
  const { trace, names } = run;
  const lines: Line[] = [];
  for (const i of records) {
    const kind = trace.kind(i);
    const base = { record: saidAt(run, i), heard: i, who: '', content: '', glosses: [], refusal: false };
    if (kind === 'dns.sent' || kind === 'dns.received') {
      const text = dnsText(trace.text(i, 'summary'));
      const sent = kind === 'dns.sent';
      if (text.query !== sent) continue;
      const host = trace.hostName(trace.host(i));
      const peer = names.nameAt(trace.text(i, 'peer'));
      const who = text.query ? `${host} asks ${peer}` : `${peer} answers ${host}`;
      lines.push({ ...base, sign: sent ? '->' : '<-', who, text: text.short, glosses: glossOfDns(text.type, text.short), refusal: /SERVFAIL|NXDOMAIN|REFUSED/.test(text.short) });
    } else if (kind.startsWith('cache.') || (OUTCOMES.has(kind) && kind !== 'lookup.answered') || kind === 'note') {
      lines.push({ ...base, sign: '==', text: run.sentence(i) });
    } else if (kind === 'message.composed') {
      lines.push({ ...base, sign: '==', text: `${deviceOf(trace.text(i, 'user'), trace.text(i, 'device'))}: ${run.sentence(i)}`, content: trace.text(i, 'content') });
    }
  }
  return { title, protocol: 'dns', connection: -1, lines };
}
