// How each record changes the world.
import type { Names } from './names';
import type { Trace } from './trace';
import type { CacheEntry, Copy, Draft, Mailbox, QueueEntry, Recipient, Session } from './world';

type Reducer = (d: Draft, t: Trace, i: number, host: number, names: Names) => void;

function updateRecipient(d: Draft, t: Trace, i: number, host: number, change: Partial<Recipient>): void {
  const queue = d.map<string, QueueEntry>(host, 'queue');
  const entry = queue.get(t.text(i, 'queue_id'));
  if (!entry) return;
  const address = t.text(i, 'recipient');
  const known = entry.recipients.find((recipient) => recipient.address === address);
  const before: Recipient = known ?? { address, state: 'waiting', attempt: 0, next: -1, reply: '', server: '', record: i };
  const after = { ...before, ...change, record: i };
  const recipients = known ? entry.recipients.map((recipient) => (recipient === known ? after : recipient)) : [...entry.recipients, after];
  queue.set(entry.id, { ...entry, recipients });
}

const FAULTS_MAX = 200; // kept for a host

const queues: Record<string, Reducer> = {
  'message.accepted': (d, t, i, host) => {
    const recipients = t.text(i, 'recipients').split(' ').filter(Boolean);
    d.map<string, QueueEntry>(host, 'queue').set(t.text(i, 'queue_id'), {
      id: t.text(i, 'queue_id'),
      message: t.message(i),
      from: t.text(i, 'reverse_path'),
      recipients: recipients.map((address) => ({ address, state: 'waiting', attempt: 0, next: -1, reply: '', server: '', record: i })),
      queue: 'incoming',
      since: t.time(i),
      next: -1,
      size: t.num(i, 'size'),
      record: i,
    });
  },
  'queue.moved': (d, t, i, host) => {
    const queue = d.map<string, QueueEntry>(host, 'queue');
    const id = t.text(i, 'queue_id');
    const entry = queue.get(id) ?? { id, message: t.message(i), from: '', recipients: [], queue: '', since: t.time(i), next: -1, size: 0, record: i };
    queue.set(id, { ...entry, queue: t.text(i, 'queue'), next: t.num(i, 'next_attempt') });
  },
  'recipient.expanded': (d, t, i, host) => {
    updateRecipient(d, t, i, host, { state: 'expanded' });
    const queue = d.map<string, QueueEntry>(host, 'queue');
    const entry = queue.get(t.text(i, 'queue_id'));
    if (!entry) return;
    const targets = t.text(i, 'targets').split(' ').filter((address) => address && !entry.recipients.some((known) => known.address === address));
    const fresh = targets.map((address): Recipient => ({ address, state: 'waiting', attempt: 0, next: -1, reply: '', server: '', record: i }));
    queue.set(entry.id, { ...entry, recipients: [...entry.recipients, ...fresh] });
  },
  'recipient.delivered': (d, t, i, host) => updateRecipient(d, t, i, host, { state: 'delivered', reply: t.text(i, 'reply'), server: t.text(i, 'server'), next: -1 }),
  'recipient.deferred': (d, t, i, host) =>
    updateRecipient(d, t, i, host, { state: 'deferred', reply: t.text(i, 'reply'), server: t.text(i, 'server'), attempt: t.num(i, 'attempt'), next: t.num(i, 'next_attempt') }),
  'recipient.bounced': (d, t, i, host) => updateRecipient(d, t, i, host, { state: 'bounced', reply: t.text(i, 'reply'), next: -1 }),
  'message.removed': (d, t, i, host) => {
    d.map<string, QueueEntry>(host, 'queue').delete(t.text(i, 'queue_id'));
  },
};

const caches: Record<string, Reducer> = {
  'cache.stored': (d, t, i, host) => {
    const key = `${t.text(i, 'name')} ${t.text(i, 'type')}`;
    const entry: CacheEntry = { name: t.text(i, 'name'), type: t.text(i, 'type'), data: t.text(i, 'data'), stored: t.time(i), expires: t.time(i) + t.num(i, 'ttl'), hits: 0, record: i };
    d.map<string, CacheEntry>(host, 'cache').set(key, entry);
  },
  'cache.hit': (d, t, i, host) => {
    const cache = d.map<string, CacheEntry>(host, 'cache');
    const entry = cache.get(`${t.text(i, 'name')} ${t.text(i, 'type')}`);
    if (entry) cache.set(`${entry.name} ${entry.type}`, { ...entry, hits: entry.hits + 1 });
  },
  'lookup.started': (d, t, i, host) => void d.map<string, number>(host, 'lookups').set(`${t.text(i, 'name')} ${t.text(i, 'type')}`, i),
  'lookup.answered': (d, t, i, host) => void d.map<string, number>(host, 'lookups').delete(`${t.text(i, 'name')} ${t.text(i, 'type')}`),
};

function changeMailbox(d: Draft, t: Trace, i: number, host: number, change: (box: Mailbox) => Mailbox): void {
  const boxes = d.map<string, Mailbox>(host, 'mailboxes');
  const key = `${t.text(i, 'user')} ${t.text(i, 'mailbox')}`;
  const box = boxes.get(key) ?? { user: t.text(i, 'user'), name: t.text(i, 'mailbox'), mails: [] };
  boxes.set(key, change(box));
}

const mailboxes: Record<string, Reducer> = {
  'mailbox.created': (d, t, i, host) => changeMailbox(d, t, i, host, (box) => box),
  'mailbox.deleted': (d, t, i, host) => void d.map<string, Mailbox>(host, 'mailboxes').delete(`${t.text(i, 'user')} ${t.text(i, 'mailbox')}`),
  'mailbox.renamed': (d, t, i, host) => {
    const boxes = d.map<string, Mailbox>(host, 'mailboxes');
    const key = `${t.text(i, 'user')} ${t.text(i, 'mailbox')}`;
    const box = boxes.get(key);
    if (!box) return;
    boxes.delete(key);
    boxes.set(`${box.user} ${t.text(i, 'to')}`, { ...box, name: t.text(i, 'to') });
  },
  'message.stored': (d, t, i, host) =>
    changeMailbox(d, t, i, host, (box) => ({ ...box, mails: [...box.mails, { uid: t.num(i, 'uid'), flags: t.text(i, 'flags'), message: t.message(i), record: i }] })),
  'flags.changed': (d, t, i, host) =>
    changeMailbox(d, t, i, host, (box) => ({ ...box, mails: box.mails.map((mail) => (mail.uid === t.num(i, 'uid') ? { ...mail, flags: t.text(i, 'flags'), record: i } : mail)) })),
  'message.expunged': (d, t, i, host) => changeMailbox(d, t, i, host, (box) => ({ ...box, mails: box.mails.filter((mail) => mail.uid !== t.num(i, 'uid')) })),
};

const devices: Record<string, Reducer> = {
  'message.composed': (d, t, i, host) => void d.map<string, number>(host, 'outbox').set(t.message(i), i),
  'message.submitted': (d, t, i, host) => void d.map<string, number>(host, 'outbox').delete(t.message(i)),
  'message.fetched': (d, t, i, host) => keep(d, host, { mailbox: t.text(i, 'mailbox'), uid: t.text(i, 'uid'), flags: '', message: t.message(i), record: i }),
  'copy.changed': (d, t, i, host) => {
    const copy = take(d, t, i, host, false);
    if (copy) keep(d, host, { ...copy, flags: t.text(i, 'flags'), record: i });
  },
  'copy.moved': (d, t, i, host) => {
    const copy = take(d, t, i, host, true);
    if (copy) keep(d, host, { ...copy, mailbox: t.text(i, 'to'), uid: '', record: i });
  },
  'copy.numbered': (d, t, i, host) => {
    const copies = d.map<string, Copy>(host, 'copies');
    const found = [...copies].find(([, copy]) => copy.mailbox === t.text(i, 'mailbox') && copy.uid === '');
    if (!found) return;
    copies.delete(found[0]);
    keep(d, host, { ...found[1], uid: t.text(i, 'uid'), record: i });
  },
  'copy.removed': (d, t, i, host) => void take(d, t, i, host, true),
  'device.lost': (d, _t, _i, host) => {
    for (const key of ['copies', 'outbox', 'sessions'] as const) d.map(host, key).clear();
  },
};

const keyOf = (mailbox: string, uid: string, message: string): string => `${mailbox} ${uid || message}`;

function keep(d: Draft, host: number, copy: Copy): void {
  d.map<string, Copy>(host, 'copies').set(keyOf(copy.mailbox, copy.uid, copy.message), copy);
}

// The copy that a record names, by its UID or by its message.
function take(d: Draft, t: Trace, i: number, host: number, remove: boolean): Copy | undefined {
  const copies = d.map<string, Copy>(host, 'copies');
  const key = keyOf(t.text(i, 'mailbox'), t.text(i, 'uid'), t.message(i));
  const copy = copies.get(key);
  if (copy && remove) copies.delete(key);
  return copy;
}

function heard(d: Draft, t: Trace, i: number, host: number): void {
  const sessions = d.map<number, Session>(host, 'sessions');
  const session = sessions.get(t.connection(i));
  if (!session) return;
  const text = t.text(i, 'text');
  const command = (t.kind(i) === 'line.sent') === (session.side === 'client');
  const tls = session.tls || (!command && /^(220|\+OK|\S+ OK).*TLS/i.test(text) && /^(\S+ )?STARTTLS|^STLS/i.test(session.command));
  sessions.set(session.connection, { ...session, tls, lines: session.lines + 1, ...(command ? { command: text, reply: '' } : { reply: text }) });
}

const sessions: Record<string, Reducer> = {
  'session.opened': (d, t, i, host) => {
    const connection = t.connection(i);
    const session: Session = { connection, protocol: t.text(i, 'protocol'), side: t.text(i, 'side'), peer: t.text(i, 'peer') || t.text(i, 'remote'), command: '', reply: '', lines: 0, tls: false, record: i };
    d.map<number, Session>(host, 'sessions').set(connection, session);
  },
  'session.closed': (d, t, i, host) => void d.map<number, Session>(host, 'sessions').delete(t.connection(i)),
  'line.sent': heard,
  'line.received': heard,
  'connection.state': (d, t, i, host) => {
    const tcp = d.map<number, string>(host, 'tcp');
    if (t.text(i, 'to') === 'CLOSED') tcp.delete(t.connection(i));
    else tcp.set(t.connection(i), t.text(i, 'to'));
  },
};

const world: Record<string, Reducer> = {
  'host.crashed': (d, t, i, _host, names) => {
    const place = names.place(t.text(i, 'host'));
    d.set(place, 'up', false);
    // What was in memory is gone; disks keep queues and mailboxes.
    for (const key of ['sessions', 'tcp', 'lookups', 'cache'] as const) d.map(place, key).clear();
  },
  'host.restarted': (d, t, i, _host, names) => d.set(names.place(t.text(i, 'host')), 'up', true),
  'fault.applied': (d, _t, i, host) => d.set(host, 'faults', [...(d.host(host)?.faults ?? []), i].slice(-FAULTS_MAX)),
  'link.changed': (d, t, i) => d.link(`${t.text(i, 'a')}|${t.text(i, 'b')}`, t.text(i, 'change')),
};

export const reducers: Record<string, Reducer> = { ...queues, ...caches, ...mailboxes, ...devices, ...sessions, ...world };
