// What a record means, as a sentence for a reader.
import { dnsText } from './dns_text';
import { deviceOf, person, shortened, withoutDots, type Names } from './names';
import { durationText, grouped, timeText } from './time_text';
import type { Trace } from './trace';

export type Tone = 'good' | 'bad' | 'wait' | 'plain';

const REPLY = (text: string): string => (text ? `: ${text}` : '.');

type Teller = (t: Trace, i: number, host: string, names: Names) => string;

const clients: Record<string, Teller> = {
  'message.composed': (t, i) => `${person(t.text(i, 'user'))} writes to ${shortened(t.text(i, 'recipients').split(' ').join(', '))}${t.text(i, 'subject') ? ` about “${t.text(i, 'subject')}”` : ''}.`,
  'message.submitted': (t, i) => `For ${person(t.text(i, 'user'))} the message is sent: ${t.text(i, 'server')} has taken it.`,
  'message.submission_failed': (t, i) => `${t.text(i, 'server')} does not take the message${REPLY(t.text(i, 'reply'))}`,
  'mail.checked': (t, i) => {
    const count = t.num(i, 'messages');
    const fresh = t.num(i, 'new');
    const device = deviceOf(t.text(i, 'user'), t.text(i, 'device'));
    return `${count === 1 ? '1 message is' : `${count} messages are`} there; ${fresh === 0 ? 'nothing is' : fresh === count ? (count === 1 ? 'it is' : 'all are') : `${fresh} of them ${fresh === 1 ? 'is' : 'are'}`} new to ${device}.`;
  },
  'mail.check_failed': (t, i) => `${deviceOf(t.text(i, 'user'), t.text(i, 'device'))} cannot ask ${t.text(i, 'server')} for mail${REPLY(t.text(i, 'reason'))}`,
  'message.fetched': (t, i) => `${deviceOf(t.text(i, 'user'), t.text(i, 'device'))} has the message: ${grouped(t.text(i, 'content').length)} octets.`,
  'message.deleted': (t, i) => `${deviceOf(t.text(i, 'user'), t.text(i, 'device'))} deletes the message on the server.`,
};

const copy = (t: Trace, i: number): string => `${deviceOf(t.text(i, 'user'), t.text(i, 'device'))}`;
const which = (t: Trace, i: number): string => `${t.text(i, 'uid') ? `message ${t.text(i, 'uid')}` : 'its message'} in ${t.text(i, 'mailbox')}`;
const byServer = (t: Trace, i: number): boolean => t.text(i, 'by') === 'server';

const devices: Record<string, Teller> = {
  'message.read': (t, i) => `${copy(t, i)} shows ${t.text(i, 'subject') ? `“${t.text(i, 'subject')}”` : which(t, i)}; no server is asked for that.`,
  'message.missed': (t, i) => `${copy(t, i)} looks in ${t.text(i, 'mailbox')} for ${t.text(i, 'wanted')}, and it is not there.`,
  'copy.changed': (t, i) => `${copy(t, i)} ${byServer(t, i) ? 'now shows' : 'gives'} ${which(t, i)} ${byServer(t, i) ? 'with ' : ''}the flags ${t.text(i, 'flags') || '(none)'}.`,
  'copy.moved': (t, i) => `${copy(t, i)} moves ${which(t, i)} to ${t.text(i, 'to')}.`,
  'copy.numbered': (t, i) => `${copy(t, i)} learns that its copy in ${t.text(i, 'mailbox')} has UID ${t.text(i, 'uid')} there.`,
  'copy.removed': (t, i) => `${copy(t, i)} drops ${which(t, i)}${byServer(t, i) ? ', because the server has it no more' : ''}.`,
  'device.lost': (t, i) => `${copy(t, i)} is gone, with all that was stored on it.`,
};

const servers: Record<string, Teller> = {
  'message.accepted': (t, i, host) => `${host} takes responsibility for the message and queues it as ${t.text(i, 'queue_id')} (${grouped(t.num(i, 'size'))} octets).`,
  'message.rejected': (t, i, host) => `${host} refuses ${t.text(i, 'recipient') || 'the message'}${REPLY(t.text(i, 'reply'))}`,
  'queue.moved': (t, i, host) => {
    const next = t.num(i, 'next_attempt');
    return `${host} moves ${t.text(i, 'queue_id')} to its ${t.text(i, 'queue')} queue${t.isNever(next) ? '' : `, to try again at ${timeText(next)}`}.`;
  },
  'recipient.expanded': (t, i, host) => `On ${host}, ${t.text(i, 'recipient')} is an alias for ${t.text(i, 'targets').split(' ').join(', ')}.`,
  'mx.selected': (t, i, host) =>
    t.num(i, 'preference') < 0
      ? `${host} takes mail for ${t.text(i, 'domain')} to ${withoutDots(t.text(i, 'host'))}, at ${t.text(i, 'address')}; no MX was asked for or found.`
      : `${host} chooses ${withoutDots(t.text(i, 'host'))} (preference ${t.num(i, 'preference')}), at ${t.text(i, 'address')}.`,
  'recipient.delivered': (t, i, host) => `${host} has done its part for ${t.text(i, 'recipient')}: ${t.text(i, 'server')} is responsible from here on.`,
  'recipient.deferred': (t, i, host) => {
    const next = t.num(i, 'next_attempt');
    return `${host} keeps the message for ${t.text(i, 'recipient')} in its queue after attempt ${t.num(i, 'attempt')}${t.isNever(next) ? '' : `; the next follows at ${timeText(next)}`}${REPLY(t.text(i, 'reply'))}`;
  },
  'recipient.bounced': (t, i, host) => `${host} gives up on ${t.text(i, 'recipient')}${REPLY(t.text(i, 'reply'))}`,
  'bounce.created': (t, i, host) =>
    t.text(i, 'bounce_queue_id')
      ? `${host} writes a delivery status notification (${t.text(i, 'action')}) to ${t.text(i, 'recipient')}.`
      : `${host} tells nobody: a notification must not be answered by another one.`,
  'loop.detected': (t, i, host) => `${host} cuts a mail loop${REPLY(t.text(i, 'reason'))}`,
  'message.removed': (t, i, host) => `${host} removes ${t.text(i, 'queue_id')} from its queue; its part is over.`,
};

const place = (t: Trace, i: number, host: string): string => `${person(t.text(i, 'user'))}'s ${t.text(i, 'mailbox')} on ${host}`;

const mailboxes: Record<string, Teller> = {
  'mailbox.created': (t, i, host) => `${place(t, i, host)} is made.`,
  'mailbox.deleted': (t, i, host) => `${place(t, i, host)} is deleted.`,
  'mailbox.renamed': (t, i, host) => `${place(t, i, host)} is renamed to ${t.text(i, 'to')}.`,
  'message.stored': (t, i, host) => `The message lies in ${place(t, i, host)} with UID ${t.num(i, 'uid')}.`,
  'flags.changed': (t, i, host) => `Message ${t.num(i, 'uid')} in ${place(t, i, host)} has the flags ${t.text(i, 'flags') || '(none)'}.`,
  'message.expunged': (t, i, host) => `Message ${t.num(i, 'uid')} is gone from ${place(t, i, host)}.`,
};

const names_: Record<string, Teller> = {
  'lookup.started': (t, i, host) => `${host} asks for ${withoutDots(t.text(i, 'name'))} ${t.text(i, 'type')}.`,
  'lookup.answered': (t, i, host) =>
    t.text(i, 'answers')
      ? `${host} learns ${withoutDots(t.text(i, 'name'))} ${t.text(i, 'type')}: ${withoutDots(t.text(i, 'answers'))} (valid for ${durationText(t.num(i, 'ttl'))}).`
      : `${host} learns that there is no answer for ${withoutDots(t.text(i, 'name'))} ${t.text(i, 'type')}: ${t.text(i, 'result')}.`,
  'cache.stored': (t, i, host) => `${host} remembers for ${durationText(t.num(i, 'ttl'))}: ${withoutDots(`${t.text(i, 'name')} ${t.text(i, 'type')} ${t.text(i, 'data')}`)}.`,
  'cache.hit': (t, i, host) => `${host} knows, for another ${durationText(t.num(i, 'ttl'))}: ${withoutDots(`${t.text(i, 'name')} ${t.text(i, 'type')} ${t.text(i, 'data')}`)}.`,
};

const dns = (verb: string, preposition: string): Teller => (t, i, host, names) =>
  `${host} ${verb} ${t.text(i, 'direction') === 'query' ? 'the question' : 'the answer'} ${dnsText(t.text(i, 'summary')).short} ${preposition} ${names.nameAt(t.text(i, 'peer'))}.`;

const dialogue: Record<string, Teller> = {
  'session.opened': (t, i, host) => `${host} begins a dialogue in ${t.text(i, 'protocol').toUpperCase()} with ${t.text(i, 'peer') || t.text(i, 'remote')}.`,
  'session.closed': (t, i, host) => `${host} ends the dialogue${REPLY(t.text(i, 'reason'))}`,
  'line.sent': (t, i, host) => `${host} says: ${t.text(i, 'text')}`,
  'line.received': (t, i, host) => `${host} hears: ${t.text(i, 'text')}`,
  'data.sent': (t, i, host) => `${host} sends a message of ${grouped(t.text(i, 'bytes').length)} octets.`,
  'data.received': (t, i, host) => `${host} receives a message of ${grouped(t.text(i, 'bytes').length)} octets.`,
  'dns.sent': dns('sends', 'to'),
  'dns.received': dns('receives', 'from'),
  note: (t, i) => t.text(i, 'text'),
};

const world: Record<string, Teller> = {
  'run.started': (t, i) => `The run begins: ${t.text(i, 'title')}.`,
  'run.ended': (t, i) => (t.text(i, 'reason') === 'idle' ? 'Nothing more happens.' : `The run is over (${t.text(i, 'reason')}).`),
  'host.declared': (t, i) => `There is a host ${t.text(i, 'name')} (${t.text(i, 'roles')}).`,
  'link.declared': (t, i) => `There is a link between ${t.text(i, 'a')} and ${t.text(i, 'b')}.`,
  'story.step': (t, i) => shortened(t.text(i, 'text')),
  'link.changed': (t, i) => `The link between ${t.text(i, 'a')} and ${t.text(i, 'b')} changes: ${t.text(i, 'change')}.`,
  'story.skipped': (t, i) => `That cannot happen: ${t.text(i, 'reason')}.`,
  'fault.began': (t, i) => t.text(i, 'text'),
  'fault.ended': (t, i) => `No longer: ${t.text(i, 'text')}`,
  'fault.applied': (t, i) => `A fault strikes ${t.text(i, 'target')}: ${t.text(i, 'fault').replace(/\.$/, '')}${t.text(i, 'detail') ? ` (${t.text(i, 'detail')})` : ''}.`,
  'lesson.point': (t, i) => t.text(i, 'caption') || t.text(i, 'question'),
  'expectation.checked': (t, i) => `${t.num(i, 'held') ? 'Held' : 'Failed'}: ${t.text(i, 'text')}${t.text(i, 'found') ? ` Found: ${t.text(i, 'found')}` : ''}`,
  'host.crashed': (t, i) => `${t.text(i, 'host')} loses power.`,
  'host.restarted': (t, i) => `${t.text(i, 'host')} comes back.`,
};

const packets: Record<string, Teller> = {
  'packet.sent': (t, i, host) => `${host} sends a packet: ${t.text(i, 'summary')}.`,
  'packet.received': (t, i, host) => `${host} receives a packet: ${t.text(i, 'summary')}.`,
  'packet.forwarded': (t, i, host) => `${host} passes a packet on: ${t.text(i, 'summary')}.`,
  'packet.dropped': (t, i, host) => `A packet is lost at ${host} (${t.text(i, 'reason')}): ${t.text(i, 'summary')}.`,
  'connection.state': (t, i, host) => `${host}: its TCP connection goes from ${t.text(i, 'from')} to ${t.text(i, 'to')}.`,
};

const tellers: Record<string, Teller> = { ...clients, ...devices, ...servers, ...mailboxes, ...names_, ...dialogue, ...world, ...packets };

// Kinds that are news by themselves: they stand as outcomes under a chapter.
export const OUTCOMES = new Set(
  [...Object.keys(clients), ...Object.keys(devices), ...Object.keys(servers), ...Object.keys(mailboxes), 'lookup.answered', 'fault.applied'].filter((kind) => !['queue.moved', 'message.removed', 'message.composed', 'mailbox.created'].includes(kind)),
);

export function isKnown(kind: string): boolean {
  return Object.hasOwn(tellers, kind);
}

export function sentenceOf(trace: Trace, names: Names, i: number): string {
  const kind = trace.kind(i);
  const host = trace.hostName(trace.host(i));
  const teller = tellers[kind];
  if (teller) return teller(trace, i, host, names);
  // A kind that this page does not know: newer traces may have some.
  const fields = trace.fields(i).map(({ name, value }) => `${name} ${String(value)}`);
  return `${host}: ${kind}${fields.length ? ` (${fields.join(', ')})` : ''}`;
}

const BAD = new Set(['story.skipped', 'fault.began', 'message.missed', 'device.lost', 'message.submission_failed', 'mail.check_failed', 'message.rejected', 'recipient.bounced', 'loop.detected', 'host.crashed', 'fault.applied', 'packet.dropped']);
const GOOD = new Set(['fault.ended', 'message.stored', 'message.submitted', 'message.fetched', 'recipient.delivered', 'host.restarted']);

export function toneOf(trace: Trace, i: number): Tone {
  const kind = trace.kind(i);
  if (BAD.has(kind)) return 'bad';
  if (GOOD.has(kind)) return 'good';
  if (kind === 'recipient.deferred') return 'wait';
  if (kind === 'expectation.checked') return trace.num(i, 'held') ? 'good' : 'bad';
  if (kind === 'link.changed') return trace.text(i, 'change') === 'up' ? 'good' : 'bad';
  if (kind === 'lookup.answered' && /SERVFAIL|TIMEOUT|NXDOMAIN/.test(trace.text(i, 'result'))) return 'bad';
  if ((kind === 'line.received' || kind === 'line.sent') && isRefusal(trace, i)) return 'bad';
  return 'plain';
}

// A reply that says no.
export function isRefusal(trace: Trace, i: number): boolean {
  const text = trace.text(i, 'text');
  switch (trace.text(i, 'protocol')) {
    case 'smtp':
    case 'submission':
    case 'lmtp':
      return /^[45]\d\d[ -]/.test(text);
    case 'pop3':
      return text.startsWith('-ERR');
    case 'imap':
      return /^\S+ (NO|BAD)\b/.test(text);
    default:
      return false;
  }
}
