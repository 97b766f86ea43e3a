// Reads the columnar form of a trace (docs/trace-format.md), which pages carry.
import { TraceError } from './read_jsonl';
import { Trace, type HostInfo, type KindInfo, type Lesson, type MapArea, type Octets } from './trace';

interface File {
  mailcosm_columns: number;
  epoch: number;
  seed?: number;
  title?: string;
  about?: string;
  lesson?: string | Partial<Lesson>;
  scenario?: string;
  left_out?: string;
  complete?: boolean;
  width?: number;
  height?: number;
  organisations?: MapArea[];
  hosts: HostInfo[];
  kinds: KindInfo[];
  strings: Octets[];
  connections: string[];
  count: number;
  kind: number[];
  slot: number[];
  number: number[];
  time: number[];
  causes: number[];
  cause: number[];
  connection: number[];
  message: number[];
  fields: number[][][];
}

const VERSION = 1;

export function readColumns(text: string): Trace {
  const file = parse(text);
  const count = file.kind.length;
  const time = new Float64Array(count);
  const number = new Int32Array(count);
  const causeStart = new Uint32Array(count + 1);
  const cause = new Uint32Array(file.cause.length);
  const last = new Map<number, number>();
  for (let i = 0, now = 0, next = 0; i < count; i++) {
    time[i] = now += file.time[i]!;
    const chain = file.slot[i]! * 3 + 'spn'.indexOf(file.kinds[file.kind[i]!]!.layer);
    number[i] = (last.get(chain) ?? 0) + file.number[i]!;
    last.set(chain, number[i]!);
    for (let left = file.causes[i]!; left > 0; left--, next++) cause[next] = i - file.cause[next]!;
    causeStart[i + 1] = next;
  }
  const { hosts, kinds, strings, connections, fields } = file;
  return new Trace({
    meta: {
      title: file.title ?? '',
      about: file.about ?? '',
      epoch: file.epoch,
      seed: file.seed ?? 0,
      lesson: lessonOf(file.lesson),
      scenario: file.scenario ?? '',
      leftOut: file.left_out ?? '',
      complete: file.complete ?? true,
      ...(file.width && file.height ? { map: { width: file.width, height: file.height, organisations: file.organisations ?? [] } } : {}),
    },
    hosts,
    kinds,
    strings,
    connections,
    kind: Uint16Array.from(file.kind),
    slot: Int32Array.from(file.slot),
    number,
    time,
    causeStart,
    cause,
    connection: Int32Array.from(file.connection),
    message: Int32Array.from(file.message),
    fields,
  });
}

function parse(text: string): File {
  let file: File;
  try {
    file = JSON.parse(text) as File;
  } catch {
    throw new TraceError('The trace in this page is damaged.');
  }
  if (file.mailcosm_columns !== VERSION) throw new TraceError(`This page reads version ${VERSION} of the columnar form, the file has another one.`);
  return file;
}

function lessonOf(lesson: File['lesson']): Lesson {
  if (typeof lesson === 'string') return { text: lesson, captions: [], notes: [], questions: [] };
  return { text: lesson?.text ?? '', captions: lesson?.captions ?? [], notes: lesson?.notes ?? [], questions: lesson?.questions ?? [] };
}
