// A run in which a server is down: scenarios/failure/host_down_an_hour.yaml.
import { describe, expect, test } from 'vitest';
import { reasonsOf } from '../../src/model/causes';
import { markersOf } from '../../src/model/markers';
import { runOf } from './load_run';

const run = runOf('host_down_an_hour');
const { trace } = run;
const all = (kind: string): number[] => Array.from({ length: trace.count }, (_, i) => i).filter((i) => trace.kind(i) === kind);

describe('a server that is down', () => {
  test('is told as attempts that fail, each with its deferral', () => {
    const failed = run.chapters.filter((chapter) => chapter.title === 'mail.red.com cannot connect to mx1.blue.com.');
    expect(failed.length).toBe(3);
    for (const chapter of failed) {
      expect(chapter.tone).toBe('wait');
      expect(chapter.outcomes.map((outcome) => outcome.text).join(' ')).toContain('connection timed out');
    }
  });
  test('is shown down and up again', () => {
    const [crash] = all('host.crashed');
    const [restart] = all('host.restarted');
    const place = run.names.place('mx1.blue.com');
    expect([crash! - 1, crash!, restart! - 1, restart!].map((i) => run.moments.at(i).hosts[place]!.up)).toEqual([true, false, false, true]);
  });
  test('leaves the message in the queue, with the time of the next attempt', () => {
    const [deferred] = all('recipient.deferred');
    const queue = [...run.moments.at(deferred!).hosts[run.names.place('mail.red.com')]!.queue.values()];
    expect(queue.map((entry) => entry.recipients.map(({ state, attempt }) => `${state} ${attempt}`))).toEqual([['deferred 1']]);
    expect(queue[0]!.recipients[0]!.next).toBeGreaterThan(trace.time(deferred!));
  });
  test('makes packets get lost, and be sent again', () => {
    const lost = run.arrows.packet.filter((arrow) => arrow.lost);
    expect(lost.length).toBeGreaterThan(10);
    for (const arrow of lost) expect(trace.kind(arrow.lostAt)).toBe('packet.dropped');
    const again = run.arrows.packet.filter((arrow) => arrow.again >= 0);
    expect(again.length).toBeGreaterThan(10);
    for (const arrow of again) expect(trace.time(run.arrows.packet[arrow.again]!.sent)).toBeLessThan(trace.time(arrow.sent));
  });
  test('is why Alice gets a notification', () => {
    const [bounce] = all('bounce.created');
    const told = reasonsOf(trace, bounce!).map((reason) => run.sentence(reason.record)).join(' ');
    expect(told).toContain('Alice writes to bob@blue.com');
    expect(told).toContain('in its queue after attempt');
  });
  test('is marked on the line of time by fault, deferrals and deliveries', () => {
    const shapes = markersOf(trace, []).map((marker) => marker.shape);
    expect(shapes.filter((shape) => shape === 'deferral').length).toBe(3);
    expect(shapes).toContain('fault');
    expect(shapes).toContain('delivery');
  });
  test('does not lose the message: it arrives once', () => {
    const bob = run.moments.at(trace.count - 1).hosts[run.names.place('store.blue.com')]!.mailboxes.get('bob@blue.com INBOX')!;
    expect(bob.mails.length).toBe(1);
  });
});
