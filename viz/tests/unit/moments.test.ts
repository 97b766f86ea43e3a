import { expect, test } from 'vitest';
import { Moments } from '../../src/model/moments';
import { runOf } from './load_run';

const run = runOf('alice_to_bob');

function plain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, each]) => [key, plain(each)]);
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  return value;
}

test('a moment is the same, whatever was looked at before', () => {
  const forward = new Moments(run.trace, run.names, 64);
  const there = [0, 47, 63, 64, 65, 300, 600, run.trace.count - 1];
  const seen = there.map((i) => plain(forward.at(i)));
  const back = new Moments(run.trace, run.names, 7);
  for (const [place, i] of [...there.entries()].reverse()) expect(plain(back.at(i))).toEqual(seen[place]);
  for (const [place, i] of there.entries()) expect(plain(new Moments(run.trace, run.names).at(i))).toEqual(seen[place]);
});

test('queues are empty in the end, and the mailbox holds the message', () => {
  const world = run.moments.at(run.trace.count - 1);
  expect(world.hosts.reduce((sum, host) => sum + host.queue.size, 0)).toBe(0);
  const store = world.hosts[run.names.place('store.blue.com')]!;
  expect(store.mailboxes.get('bob@blue.com INBOX')!.mails.map((mail) => mail.uid)).toEqual([1]);
});

test('a message waits in one queue at a time', () => {
  const accepted = run.trace.find('h3s1');
  const world = run.moments.at(accepted);
  const entry = world.hosts[run.names.place('mail.red.com')]!.queue.get('00000178C0')!;
  expect(entry.recipients.map((recipient) => [recipient.address, recipient.state])).toEqual([['bob@blue.com', 'waiting']]);
});

test('the resolver forgets nothing before its TTL, and hosts that nothing happened to are shared', () => {
  const before = run.moments.at(run.trace.find('h3s1'));
  const after = run.moments.at(run.trace.find('h3s8'));
  const resolver = run.names.place('resolver.red.com');
  expect([...after.hosts[resolver]!.cache.keys()]).toContain('blue.com MX');
  expect(after.hosts[run.names.place('bob-phone.blue.com')]).toBe(before.hosts[run.names.place('bob-phone.blue.com')]);
});
