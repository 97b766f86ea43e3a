import { describe, expect, test } from 'vitest';
import { TraceBuilder } from '../../src/model/builder';
import { expectationsOf } from '../../src/model/expectations';
import { markersOf } from '../../src/model/markers';
import type { Trace } from '../../src/model/trace';

// One line at each second, and an expectation at the end.
function traceWith(checked: { held: boolean; decided?: number; causes?: string[] }): Trace {
  const builder = new TraceBuilder();
  for (let i = 1; i <= 5; i++) builder.add({ id: `h0p${i}`, t: i * 1e9, kind: 'line.sent', fields: { protocol: 'smtp', text: `line ${i}` } });
  const { held, decided, causes } = checked;
  builder.add({ id: 'ws1', t: 9e9, kind: 'expectation.checked', causes: causes ?? [], fields: { expectation: 1, held, text: 'A.', found: held ? '' : 'B', ...(decided === undefined ? {} : { decided }) } });
  return builder.finish([{ name: 'a', addresses: [] }], { title: '', about: '', epoch: 0, seed: 1, lesson: { text: '', captions: [], notes: [], questions: [] }, scenario: '', leftOut: '', complete: true });
}
const only = (trace: Trace) => expectationsOf(trace)[0]!;

describe('a failed expectation', () => {
  test('leads to the record that decided it', () => {
    const found = only(traceWith({ held: false, decided: 2e9, causes: ['h0p2'] }));
    expect([found.at, found.decided]).toEqual([1, 2e9]);
  });
  test('leads to the last record before its time was over', () => {
    const found = only(traceWith({ held: false, decided: 3.5e9 }));
    expect([found.at, found.decided]).toEqual([2, 3.5e9]);
  });
  test('leads to the end where nothing else is known', () => {
    const found = only(traceWith({ held: false }));
    expect([found.at, found.decided]).toEqual([5, 9e9]);
  });
  test('is marked where it could no longer hold, in the order of time', () => {
    const trace = traceWith({ held: false, decided: 3.5e9 });
    expect(markersOf(trace, expectationsOf(trace))).toEqual([{ record: 2, shape: 'failed expectation', tone: 'bad' }]);
  });
});

test('an expectation that held is not marked', () => {
  const trace = traceWith({ held: true, decided: 9e9 });
  expect(markersOf(trace, expectationsOf(trace))).toEqual([]);
  expect(only(trace).at).toBe(5);
});
