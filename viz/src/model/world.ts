// What is true at a moment: queues, caches, mailboxes, dialogues and connections of every host. A state is never changed once it was
// given out; hosts that a step does not touch are shared with the state before, so that what changed is what is not identical.
import type { Trace } from './trace';

export interface Recipient {
  address: string;
  state: 'waiting' | 'deferred' | 'delivered' | 'bounced' | 'expanded';
  attempt: number;
  next: number; // ns, or -1
  reply: string;
  server: string;
  record: number; // that said so
}

export interface QueueEntry {
  id: string;
  message: string;
  from: string;
  recipients: Recipient[];
  queue: string;
  since: number;
  next: number;
  size: number;
  record: number;
}

export interface CacheEntry {
  name: string;
  type: string;
  data: string;
  stored: number;
  expires: number;
  hits: number;
  record: number;
}

export interface Mail {
  uid: number;
  flags: string;
  message: string;
  record: number;
}

export interface Mailbox {
  user: string;
  name: string;
  mails: Mail[];
}

export interface Copy {
  mailbox: string;
  uid: string; // empty until the server has given one
  flags: string;
  message: string;
  record: number;
}

export interface Session {
  connection: number;
  protocol: string;
  side: string;
  peer: string;
  command: string; // the last
  reply: string;
  lines: number;
  tls: boolean;
  record: number;
}

export interface HostState {
  up: boolean;
  queue: ReadonlyMap<string, QueueEntry>;
  cache: ReadonlyMap<string, CacheEntry>;
  mailboxes: ReadonlyMap<string, Mailbox>;
  sessions: ReadonlyMap<number, Session>;
  tcp: ReadonlyMap<number, string>; // state by connection
  lookups: ReadonlyMap<string, number>; // open questions, with the record that asked
  outbox: ReadonlyMap<string, number>; // messages written and not yet handed over
  copies: ReadonlyMap<string, Copy>; // of messages, on a device
  faults: readonly number[]; // records of faults and limits that struck here
}

export interface World {
  hosts: readonly HostState[];
  links: ReadonlyMap<string, string>; // "a|b": the last change
}

const EMPTY: HostState = {
  up: true,
  queue: new Map(),
  cache: new Map(),
  mailboxes: new Map(),
  sessions: new Map(),
  tcp: new Map(),
  lookups: new Map(),
  outbox: new Map(),
  copies: new Map(),
  faults: [],
};

export function emptyWorld(trace: Trace): World {
  return { hosts: trace.hosts.map(() => EMPTY), links: new Map() };
}

// A world that is being stepped: hosts are copied at their first change, the maps of a host likewise.
export class Draft {
  private readonly hosts: HostState[];
  private readonly own = new Set<number>();
  private readonly ownMaps = new Set<unknown>();
  private links: Map<string, string>;

  constructor(from: World) {
    this.hosts = [...from.hosts];
    this.links = new Map(from.links);
  }
  host(place: number): HostState | undefined {
    return this.hosts[place];
  }
  set<K extends keyof HostState>(place: number, key: K, value: HostState[K]): void {
    const state = this.hosts[place];
    if (!state) return;
    if (!this.own.has(place)) {
      this.own.add(place);
      this.hosts[place] = { ...state };
    }
    (this.hosts[place] as HostState)[key] = value;
  }
  // The map of a host, to be written to.
  map<K, V>(place: number, key: Exclude<keyof HostState, 'up' | 'faults'>): Map<K, V> {
    const state = this.hosts[place];
    if (!state) return new Map();
    const map = state[key] as unknown as Map<K, V>;
    if (this.ownMaps.has(map)) return map;
    const copy = new Map(map);
    this.ownMaps.add(copy);
    this.set(place, key, copy as never);
    return copy;
  }
  link(key: string, change: string): void {
    this.links.set(key, change);
  }
  finish(): World {
    return { hosts: this.hosts, links: this.links };
  }
}
