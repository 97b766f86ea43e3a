// Chapters: the run as sentences in the order of events, each from one record to another.
import type { Conversation } from './conversations';
import { OUTCOMES, sentenceOf, toneOf, type Tone } from './facts';
import { Headings } from './headings';
import type { Names } from './names';
import type { Trace } from './trace';
import { recordsOf, Units, type Unit } from './units';

export interface Outcome {
  record: number;
  text: string;
  tone: Tone;
}

export interface Chapter {
  place: number;
  number: number; // as told; 0 for an event between chapters
  first: number; // records
  last: number;
  title: string;
  outcomes: Outcome[];
  unit: number; // of which it tells
  connection: number; // or -1
  hosts: number[];
  message: string;
  tone: Tone;
}

interface Part {
  records: number[];
  title: string;
  unit: Unit;
}

export function chaptersOf(trace: Trace, names: Names, talks: Conversation[], units: Units): Chapter[] {
  const headings = new Headings(trace, names, talks);
  const chapters: Chapter[] = [];
  for (const unit of units.list) {
    if (unit.preparing || unit.records.length === 0) continue;
    const all = recordsOf(units, unit);
    // A link to a chapter must not depend on whether packets were traced: it begins with a record of the other layers.
    const told = all.filter((i) => trace.layer(i) !== 'n');
    const records = told.length ? told : all;
    for (const part of partsOf(trace, headings, unit, records)) chapters.push(tell(trace, names, part));
  }
  chapters.sort((a, b) => a.first - b.first);
  let number = 0;
  chapters.forEach((chapter, place) => {
    chapter.place = place;
    if (chapter.number >= 0) chapter.number = ++number;
    else chapter.number = 0;
  });
  return chapters;
}

function partsOf(trace: Trace, headings: Headings, unit: Unit, records: number[]): Part[] {
  if (unit.kind === 'event') return [{ records, title: sentenceOf(trace, headings.names, records[0]!), unit }];
  if (unit.kind === 'route') return cut(records, (i) => trace.kind(i) === 'cache.stored', [headings.walk(unit, records), headings.memory(records)], unit);
  if (unit.kind === 'other') return [{ records, title: headings.other(unit, records), unit }];
  const first = headings.talk(unit, records);
  const fetches = headings.retrieval(unit, records);
  if (!fetches) return [{ records, title: first, unit }];
  return cut(records, (i) => trace.kind(i) === 'mail.checked' && trace.num(i, 'new') > 0, [first, fetches], unit, 1);
}

// Two chapters of one unit, the second from the record (or `after` behind it) that `starts` accepts.
function cut(records: number[], starts: (i: number) => boolean, titles: [string, string], unit: Unit, after = 0): Part[] {
  let at = records.findIndex(starts);
  if (at >= 0) at += after;
  if (at <= 0 || at >= records.length) return [{ records, title: titles[0], unit }];
  return [
    { records: records.slice(0, at), title: titles[0], unit },
    { records: records.slice(at), title: titles[1], unit },
  ];
}

const TONES: Tone[] = ['bad', 'wait', 'good'];

function tell(trace: Trace, names: Names, { records, title, unit }: Part): Chapter {
  const outcomes: Outcome[] = [];
  const hosts = new Set<number>();
  let message = '';
  for (const i of records) {
    if (trace.host(i) >= 0) hosts.add(trace.host(i));
    message ||= trace.message(i);
    if (!OUTCOMES.has(trace.kind(i))) continue;
    if (trace.kind(i) === 'lookup.answered' && unit.kind !== 'route') continue;
    const text = sentenceOf(trace, names, i);
    if (text !== title && !outcomes.some((outcome) => outcome.text === text)) outcomes.push({ record: i, text, tone: toneOf(trace, i) });
  }
  const tones = new Set(unit.kind === 'event' ? [toneOf(trace, records[0]!)] : outcomes.map((outcome) => outcome.tone));
  return {
    place: 0,
    number: unit.kind === 'event' ? -1 : 0,
    first: records[0]!,
    last: records[records.length - 1]!,
    title,
    outcomes,
    unit: unit.place,
    connection: unit.connection,
    hosts: [...hosts],
    message,
    tone: TONES.find((tone) => tones.has(tone)) ?? 'plain',
  };
}

// Finds the chapter that a moment belongs to.
export class ChapterFinder {
  private readonly byUnit = new Map<number, Chapter[]>();

  constructor(
    private readonly chapters: Chapter[],
    private readonly units: Units,
  ) {
    for (const chapter of chapters) {
      const list = this.byUnit.get(chapter.unit);
      if (list) list.push(chapter);
      else this.byUnit.set(chapter.unit, [chapter]);
    }
  }

  // Place of the chapter that tells of this record; for a record that nobody tells of, of the last chapter that has begun. -1 before
  // the first.
  at(record: number): number {
    let unit = this.units.of[record] ?? -1;
    while (unit >= 0 && this.units.list[unit]!.after >= 0) unit = this.units.list[unit]!.after;
    const told = this.byUnit.get(unit);
    if (told) return (told.findLast((chapter) => chapter.first <= record) ?? told[0]!).place;
    return this.begun(record);
  }

  private begun(record: number): number {
    let low = 0;
    let high = this.chapters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.chapters[middle]!.first <= record) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
