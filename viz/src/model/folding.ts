// Folding: on a large map each organisation is one place, unless the reader has zoomed into it.
import type { Layout } from './layout';
import type { Host } from './names';
import type { World } from './world';

export const HOSTS_MAX = 60; // a map with more hosts is folded

export interface Fold {
  organisation: string;
  hosts: number[];
  x: number; // the middle
  y: number;
  w: number; // room
}

export interface Folding {
  folds: Fold[];
  of: (host: number) => Fold | undefined; // in which the host is hidden
}

const NONE: Folding = { folds: [], of: () => undefined };

export function foldingOf(hosts: readonly Host[], layout: Layout, zoomed: string): Folding {
  if (hosts.length <= HOSTS_MAX) return NONE;
  const byName = new Map<string, Fold>();
  for (const area of layout.areas) {
    if (area.name && area.name !== zoomed) byName.set(area.name, { organisation: area.name, hosts: [], x: area.x + area.w / 2, y: area.y + area.h / 2, w: area.w });
  }
  for (const host of hosts) byName.get(host.organisation)?.hosts.push(host.place);
  return { folds: [...byName.values()], of: (host) => byName.get(hosts[host]!.organisation) };
}

// What the hosts of a fold hold together.
export function sumOf(fold: Fold, world: World): { waiting: number; mails: number; sessions: number; down: boolean } {
  const sum = { waiting: 0, mails: 0, sessions: 0, down: false };
  for (const host of fold.hosts) {
    const state = world.hosts[host]!;
    sum.waiting += state.queue.size + state.outbox.size;
    sum.mails += state.copies.size;
    for (const box of state.mailboxes.values()) sum.mails += box.mails.length;
    sum.sessions += state.sessions.size;
    sum.down ||= !state.up;
  }
  return sum;
}
