// Expectations: what the scenario wanted to come of the run, and what came.
import type { Trace } from './trace';

export interface Expectation {
  record: number; // that tells of it, at the end of the run
  number: number;
  held: boolean;
  text: string;
  found: string;
  decided: number; // ns: when it could no longer come out otherwise
  at: number; // where it leads to: of a failed one the first record with or after which it could not hold any more
}

export function expectationsOf(trace: Trace): Expectation[] {
  const wanted = trace.kindMask(['expectation.checked']);
  const list: Expectation[] = [];
  for (let i = 0; i < trace.count; i++) {
    if (!wanted[trace.kindPlace(i)]) continue;
    const held = trace.num(i, 'held') === 1;
    const by = held ? -1 : trace.cause(i);
    // Traces of old do not say when.
    const decided = by >= 0 ? trace.time(by) : trace.num(i, 'decided') || trace.time(i);
    list.push({
      record: i,
      number: trace.num(i, 'expectation'),
      held,
      text: trace.text(i, 'text'),
      found: trace.text(i, 'found'),
      decided,
      at: by >= 0 ? by : decided < trace.time(i) ? trace.at(decided) : i,
    });
  }
  return list;
}
