// Headings: what happens in a chapter, as a sentence or two.
import type { Conversation } from './conversations';
import { dnsText } from './dns_text';
import { sentenceOf } from './facts';
import { deviceOf, listed, person, shortened, withoutDots, type Names } from './names';
import type { Trace } from './trace';
import type { Unit } from './units';

const RETRIEVAL = new Set(['imap', 'pop3']);

export class Headings {
  private readonly choices = new Map<string, { domain: string; preference: number; best: boolean }>(); // by host and server
  private readonly arrivals = new Map<string, string>(); // protocol, by host and message
  private readonly notifications = new Set<string>(); // messages with the reverse-path <>
  private readonly attempts = new Map<string, number>(); // of conversations, by client, server and message

  constructor(
    private readonly trace: Trace,
    readonly names: Names,
    private readonly talks: Conversation[],
  ) {
    const wanted = trace.kindMask(['mx.selected', 'message.accepted']);
    for (let i = 0; i < trace.count; i++) {
      if (!wanted[trace.kindPlace(i)]) continue;
      if (trace.kind(i) === 'message.accepted') {
        this.arrivals.set(`${trace.host(i)} ${trace.message(i)}`, trace.text(i, 'protocol'));
        if (!trace.text(i, 'reverse_path')) this.notifications.add(trace.message(i));
      }
      if (trace.kind(i) === 'mx.selected') this.learnChoice(i);
    }
  }

  private learnChoice(i: number): void {
    const host = withoutDots(this.trace.text(i, 'host'));
    const best = withoutDots(this.trace.text(i, 'candidates')).split(', ')[0]?.split(' ')[1] === host;
    this.choices.set(`${this.trace.host(i)} ${host}`, { domain: this.trace.text(i, 'domain'), preference: this.trace.num(i, 'preference'), best });
  }

  talk(unit: Unit, records: number[]): string {
    const talk = this.talks[unit.connection]!;
    const composed = this.first(records, 'message.composed');
    const server = talk.server < 0 ? talk.serverEnd || 'its server' : this.names.name(talk.server);
    if (!talk.protocol) return this.attempt(talk);
    if (composed >= 0) return this.submission(composed, server, records);
    if (RETRIEVAL.has(talk.protocol)) {
      return `${this.clientOf(talk, records)} logs in to ${server} by ${talk.protocol.toUpperCase()} and asks for new mail.`;
    }
    return this.delivery(talk, server, records);
  }

  // The heading of the second half of a retrieval, or nothing.
  retrieval(unit: Unit, records: number[]): string {
    const talk = this.talks[unit.connection];
    if (!talk || !RETRIEVAL.has(talk.protocol)) return '';
    const count = records.filter((i) => this.trace.kind(i) === 'message.fetched').length;
    if (count === 0) return '';
    const client = this.clientOf(talk, records);
    const what = count === 1 ? 'the message' : 'the new messages';
    if (talk.protocol === 'imap') return `${client} copies ${what} with IMAP; the server keeps ${count === 1 ? 'it' : 'them'}.`;
    const deletes = this.first(records, 'message.deleted') >= 0;
    return `${client} downloads ${what} with POP3${deletes ? ' and deletes what it has on the server' : ''}.`;
  }

  walk(unit: Unit, records: number[]): string {
    const { trace, names } = this;
    const asker = names.name(unit.host);
    const start = this.first(records, 'lookup.started');
    const type = trace.text(start, 'type');
    const name = withoutDots(trace.text(start, 'name'));
    const text = `${asker} asks for ${type === 'MX' ? 'the mail servers (MX)' : `the ${type}`} of ${name}.`;
    const { resolver, servers } = this.walked(unit.host, records);
    const whose = resolver === asker ? 'It' : `Its resolver, ${resolver},`;
    if (servers.length) return `${text} ${whose} asks ${listed(servers)}${servers.length > 1 ? ' in turn' : ''}.`;
    return this.first(records, 'cache.hit') >= 0 ? `${text} ${whose} knows the answer.` : text;
  }

  memory(records: number[]): string {
    const stored = this.first(records, 'cache.stored');
    return `The answers come back, and ${stored < 0 ? 'the resolver' : this.names.name(this.trace.host(stored))} remembers each for as long as its TTL says.`;
  }

  other(unit: Unit, records: number[]): string {
    const composed = this.first(records, 'message.composed');
    if (composed >= 0) return `${this.written(composed)} ${this.device(composed)} cannot hand the message over yet.`;
    const kinds = new Set(records.map((i) => this.trace.kind(i)));
    if (kinds.has('bounce.created')) return `${this.names.name(unit.host)} sends the mail back to its author.`;
    if (kinds.has('recipient.bounced')) return `${this.names.name(unit.host)} gives up.`;
    if (kinds.has('recipient.deferred')) return `${this.names.name(unit.host)} could not deliver and waits.`;
    if (kinds.has('queue.moved')) return `${this.names.name(unit.host)} takes the message up again.`;
    return sentenceOf(this.trace, this.names, records[0]!);
  }

  private walked(asker: number, records: number[]): { resolver: string; servers: string[] } {
    const { trace, names } = this;
    const servers: string[] = [];
    const zones = new Map<string, string>();
    let resolver = '';
    let referred = '';
    for (const i of records) {
      const kind = trace.kind(i);
      if (kind !== 'dns.sent' && kind !== 'dns.received') continue;
      const text = dnsText(trace.text(i, 'summary'));
      const peer = names.nameAt(trace.text(i, 'peer'));
      const own = trace.host(i) === asker;
      if (own && kind === 'dns.sent' && text.query) resolver ||= peer;
      if (!own && kind === 'dns.sent' && text.query && !servers.includes(peer)) servers.push(peer);
      if (!own && kind === 'dns.received' && !text.query) {
        const zone = text.referral ? (text.referral.includes('.') ? text.referral.slice(text.referral.indexOf('.') + 1) : 'the root') : text.authoritative ? referred : '';
        if (zone && !zones.has(peer)) zones.set(peer, zone);
        if (text.referral) referred = text.referral;
      }
    }
    return { resolver: resolver || names.name(asker), servers: servers.map((server) => (zones.has(server) ? `${server} (${zones.get(server)})` : server)) };
  }

  private submission(composed: number, server: string, records: number[]): string {
    const logs = records.some((i) => this.trace.kind(i) === 'line.sent' && /^AUTH /i.test(this.trace.text(i, 'text')));
    return `${this.written(composed)} ${this.device(composed)} ${logs ? 'logs in to' : 'connects to'} ${server} and submits the message.`;
  }
  private written(i: number): string {
    const subject = this.trace.text(i, 'subject');
    return `${person(this.trace.text(i, 'user'))} writes to ${shortened(this.trace.text(i, 'recipients').split(' ').join(', '))}${subject ? ` about “${subject}”` : ''}.`;
  }
  private device(i: number): string {
    const device = this.trace.text(i, 'device');
    return device ? `The ${device}` : this.names.name(this.trace.host(i));
  }

  private attempt(talk: Conversation): string {
    const server = talk.server >= 0 ? this.names.name(talk.server) : talk.serverEnd;
    return `${this.names.name(talk.client)} cannot connect to ${server || 'a server'}.`;
  }

  private delivery(talk: Conversation, server: string, records: number[]): string {
    const from = this.names.name(talk.client);
    const message = records.map((i) => this.trace.message(i)).find(Boolean) ?? '';
    const what = this.notifications.has(message) ? 'the notification' : 'the message';
    if (talk.protocol === 'lmtp') return `${from} hands ${what} over to the mailbox server ${server} by LMTP.`;
    if (talk.protocol === 'submission') return `${from} submits a message to ${server}.`;
    if (talk.protocol === 'dns-tcp') return `${from} asks ${server} over TCP, since the answer does not fit into a datagram.`;
    if (talk.protocol !== 'smtp') return `${from} talks ${talk.protocol} with ${server}.`;
    const key = `${talk.client} ${talk.server} ${message}`;
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempt);
    const again = attempt > 1 ? `, attempt ${attempt}` : '';
    const choice = this.choices.get(`${talk.client} ${server}`);
    if (choice && choice.preference >= 0) {
      return `${from} connects to ${server}, ${choice.best ? 'the best' : 'another'} mail server of ${choice.domain} (preference ${choice.preference}), and delivers by SMTP${again}.`;
    }
    const arrival = this.arrivals.get(`${talk.client} ${message}`);
    if (arrival === 'SMTP' || arrival === 'ESMTP') return `${from} passes ${what} on to the next SMTP server, ${server}${again}.`;
    return `${from} connects to ${server} and delivers by SMTP${again}.`;
  }

  private clientOf(talk: Conversation, records: number[]): string {
    for (const i of records) {
      if (this.trace.host(i) === talk.client && /^(mail\.|message\.(fetched|deleted|submitted))/.test(this.trace.kind(i))) {
        return deviceOf(this.trace.text(i, 'user'), this.trace.text(i, 'device'));
      }
    }
    return this.names.name(talk.client);
  }
  private first(records: number[], kind: string): number {
    return records.find((i) => this.trace.kind(i) === kind) ?? -1;
  }
}
