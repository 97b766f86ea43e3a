// Messages: each mail on all its way, as the hosts had it one after the other.
import type { Trace } from './trace';

export interface Slip {
  host: number;
  record: number; // that says the host has it
  time: number;
  content: string; // the whole message as it was there, or empty if the trace does not tell
  role: 'written' | 'accepted' | 'stored' | 'read';
  queueId: string;
  added: number; // octets in front of what the host before had; -1 if the content changed elsewhere, too
}

export interface MailStory {
  id: string;
  subject: string;
  from: string;
  to: string;
  first: number;
  last: number;
  slips: Slip[];
  news: number[]; // records of the story layer about it
  bounce: boolean;
}

const WANTED = ['message.composed', 'message.accepted', 'message.stored', 'message.fetched', 'data.sent', 'data.received'];

export function messagesOf(trace: Trace): MailStory[] {
  const byId = new Map<string, MailStory>();
  const wanted = trace.kindMask(WANTED);
  for (let i = 0; i < trace.count; i++) {
    const id = trace.message(i);
    if (!id) continue;
    let mail = byId.get(id);
    if (!mail) byId.set(id, (mail = { id, subject: '', from: '', to: '', first: i, last: i, slips: [], news: [], bounce: false }));
    mail.last = i;
    if (trace.layer(i) === 's') mail.news.push(i);
    if (wanted[trace.kindPlace(i)]) follow(trace, mail, i);
  }
  const list = [...byId.values()];
  list.forEach((mail) => finish(mail));
  return list;
}

function follow(trace: Trace, mail: MailStory, i: number): void {
  const host = trace.host(i);
  const slip = (role: Slip['role'], content: string): void =>
    void mail.slips.push({ host, record: i, time: trace.time(i), content, role, queueId: trace.text(i, 'queue_id'), added: 0 });
  switch (trace.kind(i)) {
    case 'message.composed':
      mail.subject = trace.text(i, 'subject');
      mail.from = trace.text(i, 'user');
      mail.to = trace.text(i, 'recipients');
      slip('written', trace.text(i, 'content'));
      break;
    case 'message.accepted':
      mail.from ||= trace.text(i, 'reverse_path');
      mail.to ||= trace.text(i, 'recipients');
      mail.bounce ||= trace.text(i, 'reverse_path') === '';
      slip('accepted', '');
      break;
    case 'message.stored':
      slip('stored', trace.text(i, 'content'));
      break;
    case 'message.fetched':
      slip('read', trace.text(i, 'content'));
      break;
    case 'data.sent':
      // What a host sends on is what it had, with its own trace fields in front.
      learn(mail, host, trace.text(i, 'bytes'));
      break;
  }
}

function learn(mail: MailStory, host: number, content: string): void {
  for (let place = mail.slips.length - 1; place >= 0; place--) {
    const slip = mail.slips[place]!;
    if (slip.host !== host || slip.content) continue;
    slip.content = content;
    return;
  }
}

function finish(mail: MailStory): void {
  let before = '';
  for (const slip of mail.slips) {
    if (!slip.content) continue;
    if (before && slip.role !== 'read') slip.added = slip.content.endsWith(before) ? slip.content.length - before.length : -1;
    if (slip.role !== 'read') before = slip.content;
  }
  if (!mail.subject) mail.subject = headerOf(mail.slips.find((slip) => slip.content)?.content ?? '', 'Subject');
}

export interface Header {
  name: string;
  value: string; // with its folds
  from: number; // octets
  to: number;
}

// The header fields of a message, and where its body begins.
export function headersOf(content: string): { headers: Header[]; body: string } {
  const headers: Header[] = [];
  let at = 0;
  while (at < content.length) {
    let end = content.indexOf('\n', at);
    if (end < 0) end = content.length;
    const line = content.slice(at, end).replace(/\r$/, '');
    const next = Math.min(end + 1, content.length);
    if (line === '') return { headers, body: content.slice(next) };
    const last = headers[headers.length - 1];
    if (/^[ \t]/.test(line) && last) {
      last.value += `\n${line}`;
      last.to = next;
    } else {
      const colon = line.indexOf(':');
      headers.push({ name: colon < 0 ? '' : line.slice(0, colon), value: line.slice(colon + 1).trimStart(), from: at, to: next });
    }
    at = next;
  }
  return { headers, body: '' };
}

export function headerOf(content: string, name: string): string {
  return headersOf(content).headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? '';
}
