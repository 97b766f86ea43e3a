import { expect, test } from 'vitest';
import { TraceBuilder, type RawRecord } from '../../src/model/builder';
import { layLadder } from '../../src/model/ladder';
import { Run } from '../../src/model/run';
import { runOf } from './load_run';

const run = runOf('alice_to_bob');

test('every line, message and question that was sent is found where it arrived', () => {
  const { trace } = run;
  for (const arrow of run.arrows.line) {
    expect(arrow.lost).toBe(false);
    expect(trace.time(arrow.received)).toBeGreaterThan(trace.time(arrow.sent));
    expect(trace.host(arrow.received)).toBe(arrow.to);
    const field = arrow.kind === 'mail' ? 'bytes' : arrow.kind === 'dns' ? 'summary' : 'text';
    expect(trace.text(arrow.received, field)).toBe(trace.text(arrow.sent, field));
  }
  expect(run.arrows.line.length).toBe(113 + 6 + 28);
  expect(run.arrows.packet.length).toBe(132);
});

const META = { title: '', about: '', epoch: 0, seed: 0, lesson: { text: '', captions: [], notes: [], questions: [] }, scenario: '', leftOut: '', complete: true };
const HOSTS = [
  { name: 'a', addresses: ['192.0.2.1'] },
  { name: 'b', addresses: ['192.0.2.2'] },
];
function built(records: RawRecord[]): Run {
  const builder = new TraceBuilder();
  for (const record of records) builder.add(record);
  return new Run(builder.finish(HOSTS, META));
}
const SEGMENT = '192.0.2.1:5 > 192.0.2.2:25 TCP PSH ACK seq 7 ack 9 win 501 len 33';

test('a lost packet has no arrival, and its repetition points back to it', () => {
  const { arrows } = built([
    { id: 'h0n1', t: 0, kind: 'packet.sent', fields: { summary: SEGMENT } },
    { id: 'h1n1', t: 1, kind: 'packet.dropped', causes: ['h0n1'], fields: { summary: SEGMENT, reason: 'loss' } },
    { id: 'h0n2', t: 2, kind: 'packet.sent', fields: { summary: `${SEGMENT} retransmission` } },
    { id: 'h1n2', t: 3, kind: 'packet.received', causes: ['h0n2'], fields: { summary: `${SEGMENT} retransmission` } },
  ]);
  expect(arrows.packet.map(({ lost, lostAt, received, again }) => ({ lost, lostAt, received, again }))).toEqual([
    { lost: true, lostAt: 1, received: -1, again: -1 },
    { lost: false, lostAt: -1, received: 3, again: 0 },
  ]);
});

test('bare acknowledgements are no repetitions of each other', () => {
  const summary = '192.0.2.1:5 > 192.0.2.2:25 TCP ACK seq 7 ack 9 win 501 len 0';
  const { arrows } = built([1, 2].map((count) => ({ id: `h0n${count}`, t: count, kind: 'packet.sent', fields: { summary } })));
  expect(arrows.packet.map((arrow) => arrow.again)).toEqual([-1, -1]);
});

test('a question that was lost with its datagram is lost', () => {
  const summary = 'query x A rd';
  const packet = '192.0.2.1:5 > 192.0.2.2:53 UDP len 30';
  const { arrows } = built([
    { id: 'h0p1', t: 0, kind: 'dns.sent', fields: { peer: '192.0.2.2:53', transport: 'udp', direction: 'query', id: 1, summary } },
    { id: 'h0n1', t: 0, kind: 'packet.sent', causes: ['h0p1'], fields: { summary: packet } },
    { id: 'h1n1', t: 1, kind: 'packet.dropped', causes: ['h0n1'], fields: { summary: packet, reason: 'loss' } },
  ]);
  expect(arrows.line.map(({ lost, lostAt, to }) => ({ lost, lostAt, to }))).toEqual([{ lost: true, lostAt: 2, to: 1 }]);
});

test.each(['hop', 'session', 'line', 'packet'] as const)('the ladder of %ss goes down with time, and no two beginnings overlap', (level) => {
  const layout = layLadder(run, { level, hidden: new Set(), folded: new Set() });
  expect(layout.rungs.length).toBeGreaterThan(10);
  for (const [place, rung] of layout.rungs.entries()) {
    expect(rung.y2).toBeGreaterThan(rung.y1);
    if (place) expect(rung.y1 - layout.rungs[place - 1]!.y1).toBeGreaterThanOrEqual(20);
  }
  expect(layout.tears.length).toBe(2);
});

test('hidden hosts and folded organisations give fewer lanes', () => {
  const all = layLadder(run, { level: 'line', hidden: new Set(), folded: new Set() });
  const some = layLadder(run, { level: 'line', hidden: new Set([run.names.place('a.nic.com')]), folded: new Set(['blue.com']) });
  expect(some.lanes.map((lane) => lane.name)).not.toContain('a.nic.com');
  expect(some.lanes.filter((lane) => lane.name === 'blue.com').length).toBe(1);
  expect(some.lanes.length).toBeLessThan(all.lanes.length - 4);
});

test('one chapter alone has only its own hosts', () => {
  const chapter = run.chapters.find(({ number }) => number === 6)!;
  const layout = layLadder(run, { level: 'line', hidden: new Set(), folded: new Set(), within: chapter });
  expect(layout.lanes.map((lane) => lane.name)).toContain('store.blue.com');
  expect(layout.lanes.map((lane) => lane.name)).not.toContain('mail.red.com');
});

test('lines that arrive as one literal have arrived; those of a broken connection have not', () => {
  const line = (id: string, t: number, kind: string, text: string): RawRecord => ({ id, t, kind, connection: 'h0c1', fields: { protocol: 'imap', text } });
  const { arrows } = built([
    { id: 'h0p1', t: 0, kind: 'session.opened', connection: 'h0c1', fields: { protocol: 'imap', side: 'client', local: '192.0.2.1:5', remote: '192.0.2.2:143', peer: 'b' } },
    line('h0p2', 1, 'line.sent', 'Subject: x'),
    line('h0p3', 2, 'line.sent', 'text'),
    { id: 'h1p1', t: 3, kind: 'data.received', connection: 'h0c1', fields: { protocol: 'imap', what: 'literal', bytes: 'Subject: x\r\ntext\r\n' } },
    line('h0p4', 4, 'line.sent', 'A2 NOOP'),
  ]);
  expect(arrows.line.map(({ received, lost }) => [received, lost])).toEqual([[3, false], [3, false], [-1, true]]);
});
