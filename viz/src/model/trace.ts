// Trace: the records of one run as columns. Record i is named by its place in the file; everything else is looked up from that.
// Immutable after construction. Times are nanoseconds since the start of the run, as doubles.

export type Layer = 's' | 'p' | 'n';
export type FieldType = 'text' | 'bytes' | 'number' | 'duration' | 'instant' | 'flag';
export type Octets = string | { base64: string };

export interface KindInfo {
  name: string;
  layer: Layer;
  fields: [string, FieldType][];
}

export interface HostInfo {
  name: string;
  addresses: string[];
  x?: number; // the middle, to the right
  y?: number; // downwards
}

// Where hosts stand, as the trace has it.
export interface MapArea {
  name: string; // organisation
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface MapInfo {
  width: number;
  height: number;
  organisations: MapArea[];
}

export interface Caption {
  at: number;
  text: string;
}

export interface Question {
  at: number;
  ask: string;
  choices?: string[];
  answer?: number;
  why?: string;
}

export interface Lesson {
  text: string;
  captions: Caption[];
  notes: Caption[];
  questions: Question[];
}

export interface Meta {
  title: string;
  about: string;
  epoch: number; // wall time at the start, seconds since 1970
  seed: number;
  lesson: Lesson;
  scenario: string;
  leftOut: string; // a sentence, or empty
  complete: boolean; // the file had its end record
  map?: MapInfo;
}

export interface Columns {
  meta: Meta;
  hosts: HostInfo[];
  kinds: KindInfo[];
  strings: Octets[];
  connections: string[];
  kind: ArrayLike<number>;
  slot: ArrayLike<number>; // 0 the world, n + 1 host n
  number: ArrayLike<number>; // the count in the id
  time: ArrayLike<number>;
  causeStart: ArrayLike<number>; // causes of i: cause[causeStart[i]] to cause[causeStart[i + 1]]
  cause: ArrayLike<number>; // places of records, the nearest first
  connection: ArrayLike<number>; // place in connections + 1, or 0
  message: ArrayLike<number>; // place in strings, or 0
  fields: ArrayLike<number>[][]; // of each kind, of each field, one entry for each record of the kind
}

const LAYERS = 'spn';
const NEVER = -1;

export class Trace {
  readonly meta: Meta;
  readonly hosts: HostInfo[];
  readonly count: number;
  readonly end: number; // time of the last record
  private readonly row: Uint32Array;
  private readonly kindByName = new Map<string, number>();
  private readonly fieldByName: Map<string, number>[];
  private readonly decoded: (string | undefined)[] = [];
  private places: Map<number, number[]> | undefined;
  private following: { start: Uint32Array; list: Uint32Array } | undefined;

  constructor(private readonly columns: Columns) {
    this.meta = columns.meta;
    this.hosts = columns.hosts;
    this.count = columns.kind.length;
    this.end = this.count ? columns.time[this.count - 1]! : 0;
    this.row = new Uint32Array(this.count);
    const seen = new Uint32Array(columns.kinds.length);
    for (let i = 0; i < this.count; i++) this.row[i] = seen[columns.kind[i]!]!++;
    columns.kinds.forEach((kind, k) => this.kindByName.set(kind.name, k));
    this.fieldByName = columns.kinds.map((kind) => new Map(kind.fields.map(([name], f) => [name, f])));
  }

  kind(i: number): string {
    return this.columns.kinds[this.columns.kind[i]!]!.name;
  }
  layer(i: number): Layer {
    return this.columns.kinds[this.columns.kind[i]!]!.layer;
  }
  time(i: number): number {
    return this.columns.time[i]!;
  }
  // Host of the record, or -1 for the world.
  host(i: number): number {
    return this.columns.slot[i]! - 1;
  }
  hostName(host: number): string {
    return host < 0 ? 'the scenario' : (this.hosts[host]?.name ?? `host ${host}`);
  }
  // Place of the connection, or -1.
  connection(i: number): number {
    return this.columns.connection[i]! - 1;
  }
  connectionName(connection: number): string {
    return this.columns.connections[connection] ?? '';
  }
  get connectionCount(): number {
    return this.columns.connections.length;
  }
  message(i: number): string {
    const place = this.columns.message[i]!;
    return place === 0 ? '' : this.string(place);
  }
  id(i: number): string {
    const host = this.host(i);
    return `${host < 0 ? 'w' : `h${host}`}${this.layer(i)}${this.columns.number[i]}`;
  }

  kinds(): readonly KindInfo[] {
    return this.columns.kinds;
  }
  // Is the record of one of these kinds?
  kindMask(names: Iterable<string>): Uint8Array {
    const mask = new Uint8Array(this.columns.kinds.length);
    for (const name of names) {
      const k = this.kindByName.get(name);
      if (k !== undefined) mask[k] = 1;
    }
    return mask;
  }
  kindPlace(i: number): number {
    return this.columns.kind[i]!;
  }

  private column(i: number, name: string): { type: FieldType; value: number } | undefined {
    const k = this.columns.kind[i]!;
    const f = this.fieldByName[k]!.get(name);
    if (f === undefined) return undefined;
    const value = this.columns.fields[k]?.[f]?.[this.row[i]!];
    return value === undefined ? undefined : { type: this.columns.kinds[k]!.fields[f]![1], value };
  }
  text(i: number, name: string): string {
    const found = this.column(i, name);
    if (!found) return '';
    return found.type === 'text' || found.type === 'bytes' ? this.string(found.value) : String(found.value);
  }
  // Numbers, durations and flags; 0 if there is no such field, -1 for an instant that never comes.
  num(i: number, name: string): number {
    const found = this.column(i, name);
    return !found || found.type === 'text' || found.type === 'bytes' ? 0 : found.value;
  }
  isNever(value: number): boolean {
    return value <= NEVER;
  }
  fields(i: number): { name: string; type: FieldType; value: string | number }[] {
    const kind = this.columns.kinds[this.columns.kind[i]!]!;
    return kind.fields.map(([name, type]) => ({
      name,
      type,
      value: type === 'text' || type === 'bytes' ? this.text(i, name) : this.num(i, name),
    }));
  }

  causes(i: number): number[] {
    const list: number[] = [];
    for (let at = this.columns.causeStart[i]!; at < this.columns.causeStart[i + 1]!; at++) list.push(this.columns.cause[at]!);
    return list;
  }
  // The nearest cause, or -1.
  cause(i: number): number {
    const at = this.columns.causeStart[i]!;
    return at < this.columns.causeStart[i + 1]! ? this.columns.cause[at]! : -1;
  }
  // Records that have i as their nearest cause, in order.
  effects(i: number): number[] {
    this.following ??= this.reverse();
    const { start, list } = this.following;
    return Array.from(list.subarray(start[i]!, start[i + 1]!));
  }

  // The record with this id, or -1.
  find(id: string): number {
    const match = /^(?:w|h(\d+))([spn])(\d+)$/.exec(id);
    if (!match) return -1;
    const slot = match[1] === undefined ? 0 : Number(match[1]) + 1;
    this.places ??= this.index();
    const list = this.places.get(slot * 3 + LAYERS.indexOf(match[2]!)) ?? [];
    const number = Number(match[3]);
    let low = 0;
    let high = list.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.columns.number[list[middle]!]!;
      if (found === number) return list[middle]!;
      if (found < number) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  // The last record at or before this time, or 0.
  at(time: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.columns.time[middle]! <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private string(place: number): string {
    const known = this.decoded[place];
    if (known !== undefined) return known;
    const value = this.columns.strings[place] ?? '';
    return (this.decoded[place] = typeof value === 'string' ? value : decode(value.base64));
  }
  private index(): Map<number, number[]> {
    const places = new Map<number, number[]>();
    for (let i = 0; i < this.count; i++) {
      const key = this.columns.slot[i]! * 3 + LAYERS.indexOf(this.layer(i));
      const list = places.get(key);
      if (list) list.push(i);
      else places.set(key, [i]);
    }
    return places;
  }
  private reverse(): { start: Uint32Array; list: Uint32Array } {
    const start = new Uint32Array(this.count + 2);
    for (let i = 0; i < this.count; i++) {
      const cause = this.cause(i);
      if (cause >= 0) start[cause + 2]!++;
    }
    for (let i = 2; i < start.length; i++) start[i]! += start[i - 1]!;
    const list = new Uint32Array(start[this.count + 1]!);
    for (let i = 0; i < this.count; i++) {
      const cause = this.cause(i);
      if (cause >= 0) list[start[cause + 1]!++] = i;
    }
    return { start, list };
  }
}

// Octets that are not UTF-8 are shown as Latin-1: each octet keeps a character of its own.
function decode(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}
