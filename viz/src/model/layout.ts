// Layout: where hosts stand on the map, and which way packets take. Positions come with the trace; for one that has none, hosts
// stand in a grid for each organisation, organisations around the internet.
import type { Names } from './names';
import type { MapArea, Trace } from './trace';

export interface Link {
  a: number;
  b: number;
  latency: number;
  bandwidth: number;
  loss: number; // in a million
  record: number;
}

export interface Layout {
  width: number;
  height: number;
  x: number[];
  y: number[];
  areas: MapArea[];
  links: Link[];
}

const CELL_X = 120;
const CELL_Y = 105;
const PAD = 34;

export function layoutOf(trace: Trace, names: Names): Layout {
  const links = linksOf(trace, names);
  const map = trace.meta.map;
  if (map && trace.hosts.every((host) => host.x !== undefined && host.y !== undefined)) {
    return { width: map.width, height: map.height, x: trace.hosts.map((host) => host.x!), y: trace.hosts.map((host) => host.y!), areas: map.organisations, links };
  }
  return { ...arrange(names), links };
}

function linksOf(trace: Trace, names: Names): Link[] {
  const wanted = trace.kindMask(['link.declared']);
  const links: Link[] = [];
  for (let i = 0; i < trace.count; i++) {
    if (!wanted[trace.kindPlace(i)]) continue;
    const a = names.place(trace.text(i, 'a'));
    const b = names.place(trace.text(i, 'b'));
    if (a >= 0 && b >= 0) links.push({ a, b, latency: trace.num(i, 'latency'), bandwidth: trace.num(i, 'bandwidth'), loss: trace.num(i, 'loss'), record: i });
  }
  return links;
}

// Organisations left and right of a middle column, which holds the hosts of nobody.
function arrange(names: Names): Omit<Layout, 'links'> {
  const groups = new Map<string, number[]>();
  for (const host of names.hosts) groups.set(host.organisation, [...(groups.get(host.organisation) ?? []), host.place]);
  const middle = groups.get('') ?? [];
  groups.delete('');
  const x: number[] = [];
  const y: number[] = [];
  const areas: MapArea[] = [];
  const bottoms = [PAD, PAD];
  const columns = 3;
  const wide = columns * CELL_X + 2 * PAD;
  const left = [PAD, PAD + wide + 220];
  [...groups].forEach(([name, hosts], place) => {
    const side = groups.size === 1 ? 0 : place % 2;
    const rows = Math.ceil(hosts.length / columns);
    const area: MapArea = { name, x: left[side]!, y: bottoms[side]!, w: wide, h: rows * CELL_Y + 2 * PAD };
    hosts.forEach((host, at) => {
      x[host] = area.x + PAD + ((at % columns) + 0.5) * CELL_X;
      y[host] = area.y + PAD + (Math.floor(at / columns) + 0.5) * CELL_Y + 8;
    });
    bottoms[side] = area.y + area.h + 40;
    areas.push(area);
  });
  const height = Math.max(...bottoms, middle.length * CELL_Y + 2 * PAD, 300);
  middle.forEach((host, at) => {
    x[host] = PAD + wide + 110;
    y[host] = (height * (at + 0.5)) / middle.length;
  });
  return { width: left[1]! + (groups.size > 1 ? wide : 0) + PAD, height, x, y, areas };
}

// Shortest ways by latency; each origin is searched once.
export class Routes {
  private readonly neighbours: { to: number; cost: number }[][];
  private readonly trees = new Map<number, Int32Array>();

  constructor(hosts: number, links: Link[]) {
    this.neighbours = Array.from({ length: hosts }, () => []);
    for (const { a, b, latency } of links) {
      this.neighbours[a]!.push({ to: b, cost: latency + 1 });
      this.neighbours[b]!.push({ to: a, cost: latency + 1 });
    }
  }

  // The hosts from `from` to `to`, both included; only these two if no way is known.
  between(from: number, to: number): number[] {
    if (from < 0 || to < 0) return [];
    let tree = this.trees.get(from);
    if (!tree) this.trees.set(from, (tree = this.search(from)));
    const way = [to];
    for (let at = to; at !== from; way.unshift(at)) {
      at = tree[at]!;
      if (at < 0 || way.length > 64) return [from, to];
    }
    return way;
  }

  private search(from: number): Int32Array {
    const before = new Int32Array(this.neighbours.length).fill(-1);
    const cost = new Float64Array(this.neighbours.length).fill(Infinity);
    cost[from] = 0;
    const queue = [from];
    while (queue.length) {
      let best = 0;
      for (let at = 1; at < queue.length; at++) if (cost[queue[at]!]! < cost[queue[best]!]!) best = at;
      const [here] = queue.splice(best, 1);
      for (const { to, cost: step } of this.neighbours[here!]!) {
        if (cost[here!]! + step >= cost[to]!) continue;
        cost[to] = cost[here!]! + step;
        before[to] = here!;
        if (!queue.includes(to)) queue.push(to);
      }
    }
    return before;
  }
}
