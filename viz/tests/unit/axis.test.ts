import { describe, expect, test } from 'vitest';
import { Axis, type AxisMode } from '../../src/model/axis';
import { runOf } from './load_run';

const { trace } = runOf('alice_to_bob');

describe.each<AxisMode>(['event', 'nonlinear', 'linear'])('the %s axis', (mode) => {
  const axis = new Axis(trace, mode);
  test('goes from 0 to 1 and never back', () => {
    let last = 0;
    for (let i = 0; i < trace.count; i++) {
      const at = axis.of(i, trace.time(i));
      expect(at).toBeGreaterThanOrEqual(last);
      last = at;
    }
    expect(last).toBeCloseTo(1);
  });
  // Within a step between simultaneous records, time stands still; the moment is then that of the step's beginning.
  test('leads back from a position to the moment', () => {
    for (let position = 0; position <= 1; position += 0.01) {
      const { record, time } = axis.at(position);
      expect(Math.abs(axis.of(record, time) - position)).toBeLessThan(mode === 'event' ? 0.02 : mode === 'nonlinear' ? 0.002 : 1e-6);
    }
  });
  test('takes positions outside for its ends', () => {
    expect(axis.at(-1).record).toBe(0);
    expect(axis.at(2).time).toBeGreaterThan(0);
  });
});

test('long pauses are torn out of the nonlinear axis only', () => {
  const { gaps } = new Axis(trace, 'nonlinear');
  expect(gaps.map((gap) => Math.round(gap.length / 1e9))).toEqual([60, 59]);
  expect(new Axis(trace, 'linear').gaps).toEqual([]);
});

test('a minute of silence takes less room than a dialogue of milliseconds', () => {
  const axis = new Axis(trace, 'nonlinear');
  const gap = axis.gaps[0]!;
  expect(gap.to - gap.from).toBeLessThan(axis.of(gap.before, trace.time(gap.before)) / 2);
});
