// Reads a trace in JSON Lines (docs/trace-format.md).
import { TraceBuilder, type RawRecord } from './builder';
import type { HostInfo, Lesson, Octets, Trace } from './trace';

export class TraceError extends Error {}

interface Header {
  mailcosm_trace: number;
  epoch: number;
  hosts: { name: Octets; addresses: string[] }[];
}

// Versions differ in how digests are computed, which this page does not look at.
export const VERSIONS: readonly unknown[] = [1, 2, 3];

// Lines whose first key is unknown are skipped, as the format demands.
export function readJsonLines(text: string): Trace {
  const builder = new TraceBuilder();
  let header: Header | undefined;
  const started: Record<string, unknown> = {};
  const points: RawRecord[] = [];
  let complete = false;
  let number = 0;
  for (let from = 0; from < text.length; ) {
    let to = text.indexOf('\n', from);
    if (to < 0) to = text.length;
    const line = text.slice(from, to);
    from = to + 1;
    number++;
    if (line.trim() === '') continue;
    const item = parse(line, number);
    if (!header) {
      header = headerOf(item);
    } else if ('id' in item) {
      const record = item as unknown as RawRecord;
      builder.add(record);
      if (record.kind === 'run.started') Object.assign(started, record.fields);
      if (record.kind === 'lesson.point') points.push(record);
    } else if ('end' in item) {
      complete = true;
    }
  }
  if (!header) throw new TraceError('The file is empty.');
  const hosts: HostInfo[] = header.hosts.map((host) => ({ name: nameOf(host.name), addresses: host.addresses }));
  const textOf = (name: string): string => String(started[name] ?? '');
  const meta = { title: textOf('title'), about: textOf('about'), epoch: header.epoch, seed: Number(started['seed'] ?? 0), scenario: '', leftOut: '', complete };
  return builder.finish(hosts, { ...meta, lesson: lessonOf(builder, points, textOf('lesson')) });
}

// Captions, notes and questions stand at the first cause of their records.
function lessonOf(builder: TraceBuilder, points: RawRecord[], text: string): Lesson {
  const lesson: Lesson = { text, captions: [], notes: [], questions: [] };
  for (const { causes, fields } of points) {
    const at = builder.placeOfRecord(causes?.[0] ?? '');
    if (at < 0) continue;
    const field = (name: string): string => String(fields?.[name] ?? '');
    if (field('caption')) lesson.captions.push({ at, text: field('caption') });
    if (field('note') && !field('question')) lesson.notes.push({ at, text: field('note') });
    const choices = field('answers').split('\n').filter(Boolean);
    if (field('question')) lesson.questions.push({ at, ask: field('question'), choices, answer: choices.indexOf(field('answer')), why: field('note') });
  }
  return lesson;
}

function parse(line: string, number: number): Record<string, unknown> {
  try {
    const item: unknown = JSON.parse(line);
    if (typeof item === 'object' && item !== null) return item as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new TraceError(`Line ${number} is not a JSON object; this does not look like a trace of Mailcosm.`);
}

function headerOf(item: Record<string, unknown>): Header {
  if (!('mailcosm_trace' in item)) throw new TraceError('The first line is not the header of a trace of Mailcosm.');
  if (!VERSIONS.includes(item['mailcosm_trace'])) throw new TraceError(`This page reads the versions ${VERSIONS.join(', ')} of the trace format, the file has another one.`);
  return item as unknown as Header;
}

function nameOf(name: Octets): string {
  return typeof name === 'string' ? name : atob(name.base64);
}
