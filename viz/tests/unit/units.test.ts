import { expect, test } from 'vitest';
import { TraceBuilder, type RawRecord } from '../../src/model/builder';
import { dialogueAt } from '../../src/model/dialogue';
import { Run } from '../../src/model/run';

const META = { title: '', about: '', epoch: 0, seed: 0, lesson: { text: '', captions: [], notes: [], questions: [] }, scenario: '', leftOut: '', complete: true };
const HOSTS = [
  { name: 'a.red', addresses: ['192.0.2.1'] },
  { name: 'b.blue', addresses: ['192.0.2.2'] },
];
function built(records: RawRecord[]): Run {
  const builder = new TraceBuilder();
  for (const record of records) builder.add(record);
  return new Run(builder.finish(HOSTS, META));
}
const titles = (run: Run): string[] => run.chapters.map((chapter) => chapter.title);
const NEVER = 'never';
const MINUTE = 60e9;

// A server that does not answer: a walk through the DNS, a connection that never is, a deferral, and all again.
const attempt = (n: number, t: number, cause: string[]): RawRecord[] => [
  { id: `h0s${n}`, t, kind: 'queue.moved', message: '<m>', causes: cause, fields: { queue_id: 'Q', queue: 'active', next_attempt: NEVER } },
  { id: `h0s${n + 1}`, t, kind: 'lookup.started', causes: [`h0s${n}`], fields: { name: 'blue', type: 'MX' } },
  { id: `h0s${n + 2}`, t: t + 1, kind: 'lookup.answered', causes: [`h0s${n + 1}`], fields: { name: 'blue', type: 'MX', result: 'NOERROR', answers: '10 b.blue', ttl: 9 } },
  { id: `h0n${n}`, t: t + 2, kind: 'packet.sent', causes: [`h0s${n + 2}`], connection: `h0c${n}`, fields: { summary: '192.0.2.1:5 > 192.0.2.2:25 TCP SYN seq 1 win 9 len 0' } },
  { id: `h0s${n + 3}`, t: t + 30e9, kind: 'recipient.deferred', message: '<m>', causes: [`h0s${n + 2}`], fields: { queue_id: 'Q', recipient: 'x@blue', server: 'b.blue', reply: 'connection timed out', attempt: 1, next_attempt: NEVER } },
];

test('each attempt is a walk and a connection that failed, with what came of it', () => {
  const run = built([...attempt(1, 0, []), ...attempt(5, 15 * MINUTE, ['h0s4'])]);
  expect(titles(run)).toEqual([
    'a.red asks for the mail servers (MX) of blue.',
    'a.red cannot connect to b.blue.',
    'a.red asks for the mail servers (MX) of blue.',
    'a.red cannot connect to b.blue.',
  ]);
  expect(run.chapters.map((chapter) => chapter.tone)).toEqual(['plain', 'wait', 'plain', 'wait']);
  for (const chapter of run.chapters) expect(run.trace.time(chapter.last) - run.trace.time(chapter.first)).toBeLessThan(MINUTE);
});

test('a fault and a crash are told between chapters', () => {
  const run = built([
    { id: 'ws1', t: 0, kind: 'fault.began', fields: { fault: 1, text: 'b.blue is without power for an hour.' } },
    { id: 'h1s1', t: 0, kind: 'host.crashed', causes: ['ws1'], fields: { host: 'b.blue' } },
    { id: 'h1s2', t: 9, kind: 'host.restarted', causes: ['ws1'], fields: { host: 'b.blue' } },
  ]);
  expect(titles(run)).toEqual(['b.blue is without power for an hour.', 'b.blue loses power.', 'b.blue comes back.']);
  expect(run.chapters.map((chapter) => chapter.number)).toEqual([0, 0, 0]);
  expect(run.moments.at(1).hosts[1]!.up).toBe(false);
  expect(run.moments.at(2).hosts[1]!.up).toBe(true);
});

test('records without a cause or a home are told by themselves', () => {
  const run = built([{ id: 'h0s1', t: 0, kind: 'loop.detected', fields: { queue_id: 'Q', recipient: '', reason: 'too many Received fields' } }]);
  expect(titles(run)).toEqual(['a.red cuts a mail loop: too many Received fields']);
});

test('a host that talks with itself has a dialogue of two sides', () => {
  const talk = (count: number, kind: string, text: string): RawRecord => ({ id: `h0p${count}`, t: count, kind, connection: 'h0c1', fields: { protocol: 'smtp', text } });
  const opened = (count: number, side: string): RawRecord => ({ id: `h0p${count}`, t: count, kind: 'session.opened', connection: 'h0c1', fields: { protocol: 'smtp', side, local: '192.0.2.1:5', remote: '192.0.2.1:25', peer: 'a.red' } });
  const run = built([
    opened(1, 'client'),
    opened(2, 'server'),
    talk(3, 'line.sent', '220 ready'),
    talk(4, 'line.received', '220 ready'),
    talk(5, 'line.sent', 'QUIT'),
    talk(6, 'line.received', 'QUIT'),
  ]);
  expect(dialogueAt(run, 3).lines.map((line) => `${line.sign} ${line.text}`)).toEqual(['== Connected to a.red, 192.0.2.1:25', '<- 220 ready', '-> QUIT']);
});
