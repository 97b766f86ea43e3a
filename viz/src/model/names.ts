// Names: who is who in a trace: hosts by address, roles, organisations, people.
import type { Trace } from './trace';

export type Role = 'client' | 'mta' | 'mailbox' | 'dns' | 'resolver' | 'router' | 'host';

export interface Host {
  place: number;
  name: string;
  role: Role; // the one that is drawn
  roles: string[];
  organisation: string;
  addresses: string[];
}

// What is drawn for a host of several roles: the first of these that it has.
const ORDER: Role[] = ['mta', 'mailbox', 'client', 'resolver', 'dns', 'router'];

export const ROLE_TEXT: Record<Role, string> = {
  client: 'mail client',
  mta: 'mail server',
  mailbox: 'mailbox server',
  dns: 'name server',
  resolver: 'resolver',
  router: 'router',
  host: 'host',
};

export class Names {
  readonly hosts: Host[];
  private readonly byAddress = new Map<string, number>();
  private readonly byName = new Map<string, number>();

  constructor(trace: Trace) {
    this.hosts = trace.hosts.map((host, place) => ({
      place,
      name: host.name,
      role: 'host',
      roles: [],
      organisation: '',
      addresses: host.addresses,
    }));
    this.hosts.forEach((host, place) => {
      this.byName.set(host.name, place);
      for (const address of host.addresses) this.byAddress.set(address, place);
    });
    const declared = trace.kindMask(['host.declared']);
    for (let i = 0; i < trace.count; i++) {
      if (!declared[trace.kindPlace(i)]) continue;
      const host = this.hosts[this.byName.get(trace.text(i, 'name')) ?? -1];
      if (!host) continue;
      host.roles = trace.text(i, 'roles').split(' ').filter(Boolean);
      host.role = ORDER.find((role) => host.roles.includes(role)) ?? 'host';
      host.organisation = trace.text(i, 'organisation');
    }
  }

  // Place of the host with this name, or -1.
  place(name: string): number {
    return this.byName.get(name) ?? -1;
  }
  // Place of the host at "192.0.2.1:53" or "[2001:db8::1]:53" or a bare address, or -1.
  at(endpoint: string): number {
    const bare = this.byAddress.get(endpoint);
    if (bare !== undefined) return bare;
    const address = endpoint.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    return this.byAddress.get(address) ?? -1;
  }
  nameAt(endpoint: string): string {
    const place = this.at(endpoint);
    return place < 0 ? endpoint : this.hosts[place]!.name;
  }
  name(place: number): string {
    return place < 0 ? 'the scenario' : (this.hosts[place]?.name ?? '?');
  }
}

// "Alice" for alice@red.com
export function person(user: string): string {
  const name = user.replace(/@.*$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

// "Bob's phone"
export function deviceOf(user: string, device: string): string {
  return `${person(user)}'s ${device || 'client'}`;
}

// "a, b and c"
export function listed(items: string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

// Domain names without the dot of the root at their end.
export function withoutDots(text: string): string {
  return text.replace(/([a-z0-9-])\.(?=[;,\s]|$)/gi, '$1');
}

const LISTED_MAX = 4; // addresses
const isAddress = (text: string): boolean => text.includes('@') && !/\s/.test(text);

// "to a@b, c@d, ...: Hello" with a long list of addresses: the first ones, and how many more. The whole list stands in the record.
export function shortened(text: string): string {
  const parts = text.split(', ');
  const first = parts.findIndex((part) => part.slice(part.lastIndexOf(' ') + 1).includes('@'));
  let last = first;
  while (last + 1 < parts.length && isAddress(parts[last + 1]!)) last++;
  const count = last - first + 1;
  if (first < 0 || count < LISTED_MAX) return text;
  // What stands behind the last address belongs to the sentence.
  const [, address, rest] = /^([^\s:]*)(.*)$/s.exec(parts[last + 1] ?? '')!;
  const more = address!.includes('@') ? 1 : 0;
  if (count + more <= LISTED_MAX) return text;
  const tail = more ? rest! : last + 1 < parts.length ? `, ${parts[last + 1]!}` : '';
  return [`${parts.slice(0, first + 3).join(', ')} and ${count + more - 3} others${tail}`, ...parts.slice(last + 2)].join(', ');
}
