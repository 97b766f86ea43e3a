import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TraceBuilder } from '../../src/model/builder';
import { isKnown } from '../../src/model/facts';
import { Run } from '../../src/model/run';

const format = readFileSync(join(import.meta.dirname, '../../../docs/trace-format.md'), 'utf8');
const kinds = [...format.matchAll(/^\| `([a-z]+\.[a-z_]+|note)` \|/gm)].map((match) => match[1]!);

test('there is a sentence for every kind of record in docs/trace-format.md', () => {
  expect(kinds.length).toBeGreaterThan(40);
  expect(kinds.filter((kind) => !isKnown(kind))).toEqual([]);
});

const META = { title: '', about: '', epoch: 0, seed: 0, lesson: { text: '', captions: [], notes: [], questions: [] }, scenario: '', leftOut: '', complete: true };

test('a run of one record of every kind, all fields empty, is shown without complaint', () => {
  const builder = new TraceBuilder();
  kinds.forEach((kind, place) => builder.add({ id: `h0s${place + 1}`, t: place, kind, connection: 'h0c1', message: '<m>', causes: place ? [`h0s${place}`] : [] }));
  const run = new Run(builder.finish([{ name: 'a', addresses: [] }], META));
  for (let i = 0; i < run.trace.count; i++) {
    expect(run.sentence(i).length).toBeGreaterThanOrEqual(0);
    run.moments.at(i);
    run.flights.at(i, i);
  }
  expect(run.chapters.length).toBeGreaterThan(0);
});

test('a device keeps copies until they are moved, removed or lost', () => {
  const builder = new TraceBuilder();
  const at = { user: 'bob@b', device: 'phone', mailbox: 'INBOX', uid: '7' };
  builder.add({ id: 'h0s1', t: 0, kind: 'message.fetched', message: '<m>', fields: { ...at, content: '' } });
  builder.add({ id: 'h0s2', t: 1, kind: 'copy.changed', message: '<m>', fields: { ...at, flags: '\\Seen', by: 'user' } });
  builder.add({ id: 'h0s3', t: 2, kind: 'copy.moved', message: '<m>', fields: { ...at, to: 'Trash' } });
  builder.add({ id: 'h0s4', t: 3, kind: 'copy.numbered', message: '<m>', fields: { ...at, mailbox: 'Trash', uid: '1' } });
  builder.add({ id: 'h0s5', t: 4, kind: 'copy.removed', message: '<m>', fields: { ...at, mailbox: 'Trash', uid: '1', by: 'server' } });
  const run = new Run(builder.finish([{ name: 'a', addresses: [] }], META));
  const copies = (i: number): string[] => [...run.moments.at(i).hosts[0]!.copies.values()].map((copy) => `${copy.mailbox} ${copy.uid} ${copy.flags}`);
  expect([0, 1, 2, 3, 4].map(copies)).toEqual([['INBOX 7 '], ['INBOX 7 \\Seen'], ['Trash  \\Seen'], ['Trash 1 \\Seen'], []]);
});
