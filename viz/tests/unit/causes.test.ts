import { expect, test } from 'vitest';
import { consequencesOf, reasonsOf } from '../../src/model/causes';
import { runOf } from './load_run';

const run = runOf('alice_to_bob');
const { trace } = run;
const find = (kind: string): number => {
  for (let i = 0; i < trace.count; i++) if (trace.kind(i) === kind) return i;
  return -1;
};

test('the delivery goes back, over all hosts, to the step of the story', () => {
  const reasons = reasonsOf(trace, find('message.stored'));
  expect(trace.kind(reasons[0]!.record)).toBe('story.step');
  const hosts = new Set(reasons.map((reason) => trace.hostName(trace.host(reason.record))));
  expect(hosts).toContain('alice-laptop.red.com');
  expect(hosts).toContain('mail.red.com');
  expect(hosts).toContain('hub.blue.com');
  for (const [place, reason] of reasons.entries()) {
    if (place > 0) expect(trace.time(reason.record)).toBeGreaterThanOrEqual(trace.time(reasons[place - 1]!.record));
  }
});

test('a record without causes is its own first reason', () => {
  expect(reasonsOf(trace, 0).map((reason) => reason.record)).toEqual([0]);
});

test('what came of writing the mail is news, in order', () => {
  const effects = consequencesOf(trace, find('message.composed'));
  expect(effects.length).toBeGreaterThan(2);
  for (const effect of effects) expect(trace.layer(effect)).toBe('s');
});

test('every effect names its cause', () => {
  for (let i = 0; i < trace.count; i++) for (const effect of trace.effects(i)) expect(trace.cause(effect)).toBe(i);
});

test('ids lead to their records, and unknown ones nowhere', () => {
  for (let i = 0; i < trace.count; i++) expect(trace.find(trace.id(i))).toBe(i);
  for (const id of ['', 'h3', 'h99s1', 'h3s9999', 'w', '<script>']) expect(trace.find(id)).toBe(-1);
});
