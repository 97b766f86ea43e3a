// TraceBuilder: columns from records that come one by one, for the reader of JSON Lines and for tests.
import { Trace, type Columns, type FieldType, type HostInfo, type KindInfo, type Layer, type Meta, type Octets } from './trace';

export type RawValue = Octets | number | boolean;

export interface RawRecord {
  id: string;
  t: number;
  kind: string;
  causes?: string[];
  connection?: string;
  message?: Octets;
  fields?: Record<string, RawValue>;
}

const INSTANTS = new Set(['next_attempt', 'decided']);

function typeOf(name: string, value: RawValue): FieldType {
  if (typeof value === 'boolean') return 'flag';
  if (INSTANTS.has(name)) return 'instant';
  return typeof value === 'number' ? 'number' : 'text';
}

export class TraceBuilder {
  private readonly kinds: KindInfo[] = [];
  private readonly kindByName = new Map<string, number>();
  private readonly strings: Octets[] = [''];
  private readonly stringPlace = new Map<string, number>([['', 0]]);
  private readonly connections: string[] = [];
  private readonly connectionPlace = new Map<string, number>();
  private readonly ids = new Map<string, number>();
  private readonly kind: number[] = [];
  private readonly slot: number[] = [];
  private readonly number: number[] = [];
  private readonly time: number[] = [];
  private readonly causeStart: number[] = [0];
  private readonly cause: number[] = [];
  private readonly connection: number[] = [];
  private readonly message: number[] = [];
  private readonly fields: number[][][] = [];

  // Returns false for a record whose id is none; such a record is skipped.
  add(record: RawRecord): boolean {
    const match = /^(?:w|h(\d+))([spn])(\d+)$/.exec(record.id);
    if (!match || typeof record.kind !== 'string') return false;
    const i = this.kind.length;
    this.ids.set(record.id, i);
    const k = this.kindOf(record, match[2] as Layer);
    this.kind.push(k);
    this.slot.push(match[1] === undefined ? 0 : Number(match[1]) + 1);
    this.number.push(Number(match[3]));
    this.time.push(Number(record.t));
    for (const id of record.causes ?? []) {
      const cause = this.ids.get(id);
      if (cause !== undefined && cause < i) this.cause.push(cause);
    }
    this.causeStart.push(this.cause.length);
    this.connection.push(record.connection ? this.placeOf(record.connection) + 1 : 0);
    this.message.push(record.message ? this.intern(record.message) : 0);
    this.kinds[k]!.fields.forEach(([name, type], f) => this.fields[k]![f]!.push(this.encode(type, record.fields?.[name])));
    return true;
  }

  // Where the record with this id stands, or -1.
  placeOfRecord(id: string): number {
    return this.ids.get(id) ?? -1;
  }

  finish(hosts: HostInfo[], meta: Meta): Trace {
    const { kinds, strings, connections, kind, slot, number, time, causeStart, cause, connection, message, fields } = this;
    const columns: Columns = { meta, hosts, kinds, strings, connections, kind, slot, number, time, causeStart, cause, connection, message, fields };
    return new Trace(columns);
  }

  private kindOf(record: RawRecord, layer: Layer): number {
    const known = this.kindByName.get(record.kind);
    if (known !== undefined) return known;
    const fields = Object.entries(record.fields ?? {}).map(([name, value]): [string, FieldType] => [name, typeOf(name, value)]);
    this.kinds.push({ name: record.kind, layer, fields });
    this.fields.push(fields.map(() => []));
    this.kindByName.set(record.kind, this.kinds.length - 1);
    return this.kinds.length - 1;
  }
  private encode(type: FieldType, value: RawValue | undefined): number {
    if (type === 'text' || type === 'bytes') return this.intern(typeof value === 'object' ? value : String(value ?? ''));
    if (value === 'never') return -1;
    return Number(value ?? 0);
  }
  private intern(value: Octets): number {
    const key = typeof value === 'string' ? value : `\0${value.base64}`;
    let place = this.stringPlace.get(key);
    if (place === undefined) {
      place = this.strings.push(value) - 1;
      this.stringPlace.set(key, place);
    }
    return place;
  }
  private placeOf(connection: string): number {
    let place = this.connectionPlace.get(connection);
    if (place === undefined) {
      place = this.connections.push(connection) - 1;
      this.connectionPlace.set(connection, place);
    }
    return place;
  }
}
