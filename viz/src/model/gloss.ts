// Glosses: what a line of a protocol means in plain English, and where it is defined. The data are in src/gloss.
import commands from '../gloss/commands.json';
import dns from '../gloss/dns.json';
import extensions from '../gloss/extensions.json';
import headers from '../gloss/headers.json';
import imap from '../gloss/imap.json';
import replies from '../gloss/replies.json';
import status from '../gloss/status.json';
import tcp from '../gloss/tcp.json';

export interface Gloss {
  term: string;
  says: string;
  rfc: string;
  replies?: string[];
}

type Entry = { says: string; rfc: string; replies?: string[] };
type Table = Record<string, Entry>;

const HEADERS: Table = Object.fromEntries(Object.entries(headers as Table).map(([name, entry]) => [name.toLowerCase(), entry]));
const table = (tables: unknown, name: string): Table => (tables as Record<string, Table>)[name] ?? {};

function look(entries: Table, term: string, shown = term): Gloss[] {
  const entry = Object.hasOwn(entries, term) ? entries[term] : undefined;
  return entry ? [{ term: shown, ...entry }] : [];
}

const family = (protocol: string): 'smtp' | 'pop3' | 'imap' => (protocol === 'imap' ? 'imap' : protocol === 'pop3' ? 'pop3' : 'smtp');

// What a line means; the most important gloss first. `command` is the command that a reply answers.
export function glossOf(protocol: string, text: string, fromClient: boolean, command = ''): Gloss[] {
  switch (family(protocol)) {
    case 'smtp':
      return fromClient ? smtpCommand(text, command) : smtpReply(text, command);
    case 'pop3':
      return fromClient ? look(table(commands, 'pop3'), verb(text)) : popReply(text, command);
    default:
      return fromClient ? imapCommand(text) : imapReply(text);
  }
}

const verb = (text: string): string => (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();

function smtpCommand(text: string, before: string): Gloss[] {
  if (text === '.') return look(table(commands, 'smtp'), '.');
  const found = look(table(commands, 'smtp'), verb(text));
  const parameters = /^(MAIL|RCPT) \S+ (.*)$/i.exec(text)?.[2]?.split(' ') ?? [];
  for (const parameter of parameters) found.push(...look(table(extensions, 'smtp'), parameter.split('=')[0]!.toUpperCase(), parameter));
  if (found.length || !/^AUTH/i.test(before)) return found;
  return look(table(commands, 'smtp'), 'AUTH', 'answer to AUTH');
}

function smtpReply(text: string, command: string): Gloss[] {
  const match = /^(\d{3})([ -])(?:(\d\.\d{1,3}\.\d{1,3}) ?)?(.*)$/.exec(text);
  if (!match) return [];
  const [, code = '', , enhanced, rest = ''] = match;
  const found: Gloss[] = [];
  if (code === '250' && /^(EHLO|LHLO)/i.test(command)) found.push(...look(table(extensions, 'smtp'), rest.split(' ')[0]!.toUpperCase()));
  found.push(...look(table(replies, 'smtp'), code));
  if (enhanced) found.push(...look(status as Table, enhanced));
  return found;
}

function popReply(text: string, command: string): Gloss[] {
  // A line of a listing.
  if (/^\d+( \S+)?$/.test(text)) return look(table(commands, 'pop3'), verb(command), `answer to ${verb(command)}`);
  const found = look(table(replies, 'pop3'), verb(text));
  if (!found.length && /^CAPA/i.test(command)) return look(table(extensions, 'pop3'), verb(text));
  if (!found.length && text === '.') return look(table(replies, 'pop3'), '.');
  const code = /^(?:\+OK|-ERR) \[([A-Z-/]+)\]/i.exec(text)?.[1];
  return code ? [...found, ...look(table(replies, 'pop3'), `[${code.toUpperCase()}]`)] : found;
}

function imapCommand(text: string): Gloss[] {
  // A line of a message that is handed over as a literal.
  const field = /^([A-Za-z-]+): /.exec(text)?.[1];
  if (field) return glossOfHeader(field);
  const words = text.split(' ').map((word) => word.toUpperCase());
  const entries = table(commands, 'imap');
  const name = words[1] === 'UID' && Object.hasOwn(entries, `UID ${words[2]}`) ? `UID ${words[2]}` : (words[1] ?? words[0] ?? '');
  const found = look(entries, name);
  if (!found.length) found.push(...look(entries, words[0] ?? ''));
  for (const item of text.matchAll(/\b(BODY(?:\.PEEK)?\[[^\]]*\]|[A-Z0-9.]{3,})/g)) found.push(...imapItem(item[1]!));
  return unique(found);
}

function imapItem(item: string): Gloss[] {
  const items = table(imap, 'items');
  const exact = look(items, item);
  return exact.length ? exact : look(items, item.replace(/\[.*\]$/, '[]'), item);
}

function imapReply(text: string): Gloss[] {
  if (text === ')') return look(table(imap, 'responses'), 'FETCH', 'end of FETCH');
  const found: Gloss[] = [];
  const words = text.split(' ');
  const second = (words[1] ?? '').toUpperCase();
  const name = /^\d+$/.test(second) ? (words[2] ?? '').toUpperCase() : second;
  if (words[0] === '+') found.push(...look(table(replies, 'imap'), '+'));
  else {
    found.push(...look(table(imap, 'responses'), name.replace(/\W+$/, '')));
    found.push(...look(table(replies, 'imap'), second));
  }
  const code = /\[([A-Z-]+)/.exec(text)?.[1];
  if (code) found.push(...look(table(imap, 'codes'), code));
  for (const flag of text.matchAll(/\\[A-Za-z*]+/g)) found.push(...look(table(imap, 'flags'), flag[0]));
  return unique(found);
}

function unique(found: Gloss[]): Gloss[] {
  return found.filter((gloss, place) => found.findIndex((other) => other.term === gloss.term) === place);
}

export function glossOfHeader(name: string): Gloss[] {
  return look(HEADERS, name.toLowerCase(), name);
}

// What the words of a DNS message in short mean.
export function glossOfDns(type: string, short: string): Gloss[] {
  const words = short.split(/[\s:,?]+/);
  return [
    ...look(table(dns, 'types'), type),
    ...words.flatMap((word) => [...look(table(dns, 'rcodes'), word), ...look(table(dns, 'flags'), word)]),
  ];
}

export function glossOfState(state: string): Gloss[] {
  return look(table(tcp, 'states'), state);
}

// What else a server could have answered: other replies that are legal for the command.
export function otherReplies(command: string, reply: string): Gloss[] {
  const legal = look(table(commands, 'smtp'), verb(command))[0]?.replies ?? [];
  return legal.filter((code) => code !== reply.slice(0, 3)).flatMap((code) => look(table(replies, 'smtp'), code));
}
