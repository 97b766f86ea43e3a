import { expect, test } from 'vitest';
import { Flights } from '../../src/model/flights';
import { Steps } from '../../src/model/steps';
import { runOf } from './load_run';

const run = runOf('alice_to_bob');
const [mail] = run.messages;

test('the message goes from the laptop over four servers to two devices', () => {
  expect(mail!.slips.map((slip) => `${run.names.name(slip.host)} ${slip.role}`)).toEqual([
    'alice-laptop.red.com written',
    'mail.red.com accepted',
    'mx1.blue.com accepted',
    'hub.blue.com accepted',
    'store.blue.com stored',
    'bob-phone.blue.com read',
    'bob-desktop.blue.com read',
  ]);
});

test('each server puts something in front, and changes nothing below', () => {
  for (const slip of mail!.slips.slice(1, 5)) {
    expect(slip.added).toBeGreaterThan(0);
    expect(slip.content.slice(0, slip.added)).toMatch(/^(Return-Path|Received):/);
  }
  expect(mail!.slips.slice(5).map((slip) => slip.added)).toEqual([0, 0]);
});

test('on its way the message is between two hosts', () => {
  const flights = new Flights(run);
  const arrow = run.arrows.line.find(({ kind }) => kind === 'mail')!;
  const middle = (run.trace.time(arrow.sent) + run.trace.time(arrow.received)) / 2;
  const flight = flights.at(run.trace.at(middle), middle).find((each) => each.arrow === arrow)!;
  expect(flight.progress).toBeCloseTo(0.5);
  expect(flight.way.map((host) => run.names.name(host))).toEqual(['alice-laptop.red.com', 'router.red.com', 'mail.red.com']);
});

test('nothing is in flight when nobody sends', () => {
  expect(new Flights(run).at(run.trace.find('ws42') - 1, 30e9)).toEqual([]);
});

test('steps go forth and back on the same records, and end', () => {
  const steps = new Steps(run.trace, run.chapters);
  for (const size of ['event', 'line', 'phase', 'hop', 'message', 'chapter'] as const) {
    const list = steps.list(size);
    expect(list.length, size).toBeGreaterThan(0);
    expect(steps.next(size, list[0]!, -1)).toBe(-1);
    expect(steps.next(size, list.at(-1)!, 1)).toBe(-1);
    for (let place = 1; place < list.length; place++) {
      expect(steps.next(size, list[place - 1]!, 1)).toBe(list[place]);
      expect(steps.next(size, list[place]!, -1)).toBe(list[place - 1]);
    }
  }
  expect(steps.list('hop').length).toBeLessThan(steps.list('phase').length);
  expect(steps.list('phase').length).toBeLessThan(steps.list('line').length);
});
