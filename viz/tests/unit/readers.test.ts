import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadTrace, octetsOf } from '../../src/model/load';
import { headersOf } from '../../src/model/messages';
import { readColumns } from '../../src/model/read_columns';
import { readJsonLines } from '../../src/model/read_jsonl';
import { durationText, timeText, wallText } from '../../src/model/time_text';
import { runOf, textOf } from './load_run';

const HEADER = '{"mailcosm_trace":1,"kinds":"0","epoch":0,"hosts":[{"name":"a","addresses":["192.0.2.1"]}]}\n';
const octets = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

describe('JSON Lines', () => {
  test('skip kinds, fields and lines of tomorrow', () => {
    const trace = readJsonLines(`${HEADER}{"tomorrow":1}\n{"id":"h0s1","t":5,"host":"a","kind":"new.kind","extra":2,"fields":{"x":"y"}}\n{"end":{}}\n`);
    expect(trace.count).toBe(1);
    expect(trace.text(0, 'x')).toBe('y');
    expect(trace.text(0, 'absent')).toBe('');
    expect(trace.meta.complete).toBe(true);
  });
  test('carry the lesson, at the records it speaks of', () => {
    const point = '{"id":"ws2","t":0,"host":"-","kind":"lesson.point","causes":["h0s1"],"fields":{"point":1,"caption":"Look.","question":"What?","answers":"a\\nb","answer":"b","note":"Because."}}\n';
    const { meta } = readJsonLines(`${HEADER}{"id":"ws1","t":0,"host":"-","kind":"run.started","fields":{"title":"T","seed":4,"epoch":0,"about":"A","lesson":"L"}}\n{"id":"h0s1","t":0,"host":"a","kind":"x.y","fields":{}}\n${point}`);
    expect(meta).toMatchObject({ title: 'T', seed: 4, about: 'A', lesson: { text: 'L', captions: [{ at: 1, text: 'Look.' }], notes: [], questions: [{ at: 1, ask: 'What?', choices: ['a', 'b'], answer: 1, why: 'Because.' }] } });
  });
  test('without an end are incomplete', () => {
    expect(readJsonLines(HEADER).meta.complete).toBe(false);
  });
  test('may carry octets that are no text', () => {
    const trace = readJsonLines(`${HEADER}{"id":"h0p1","t":0,"host":"a","kind":"line.sent","fields":{"protocol":"smtp","text":{"base64":"/v8="}}}\n`);
    expect(trace.text(0, 'text')).toBe('\u00fe\u00ff');
  });
  test('tell never from an instant', () => {
    const line = (next: string): string => `{"id":"h0s1","t":0,"host":"a","kind":"queue.moved","fields":{"queue_id":"Q","queue":"deferred","next_attempt":${next}}}\n`;
    expect(readJsonLines(HEADER + line('"never"')).num(0, 'next_attempt')).toBe(-1);
    expect(readJsonLines(HEADER + line('77')).num(0, 'next_attempt')).toBe(77);
  });
  test.each([
    ['', 'empty'],
    ['hello\n', 'does not look like a trace'],
    ['{"x":1}\n', 'not the header'],
    ['{"mailcosm_trace":99,"hosts":[]}\n', 'version'],
    [`${HEADER}{"id":`, 'Line 2'],
  ])('that are wrong are refused: %j', (text, why) => {
    expect(() => readJsonLines(text)).toThrow(why);
  });
});

describe('the columnar form', () => {
  const columns = {
    mailcosm_columns: 1, epoch: 10, seed: 3, title: 'T', about: '', lesson: { text: 'L', captions: [{ at: 1, text: 'C' }], questions: [] }, scenario: '', left_out: 'Some.',
    width: 100, height: 50, organisations: [], hosts: [{ name: 'a', addresses: [], x: 1, y: 2 }],
    kinds: [{ name: 'note', layer: 'p', fields: [['text', 'text']] }, { name: 'cache.hit', layer: 's', fields: [['name', 'text'], ['ttl', 'duration']] }],
    strings: ['', 'one', 'two', { base64: '/w==' }], connections: ['h0c1'], count: 3,
    kind: [0, 1, 0], slot: [1, 1, 1], number: [1, 4, 2], time: [5, 0, 7], causes: [0, 1, 2], cause: [1, 1, 2], connection: [1, 0, 0], message: [0, 2, 0],
    fields: [[[1, 3]], [[2], [99]]],
  };
  const trace = readColumns(JSON.stringify(columns));
  test('gives ids, times, causes and fields', () => {
    expect([0, 1, 2].map((i) => trace.id(i))).toEqual(['h0p1', 'h0s4', 'h0p3']);
    expect([0, 1, 2].map((i) => trace.time(i))).toEqual([5, 5, 12]);
    expect(trace.causes(2)).toEqual([1, 0]);
    expect(trace.text(2, 'text')).toBe('\u00ff');
    expect(trace.num(1, 'ttl')).toBe(99);
    expect(trace.message(1)).toBe('two');
    expect(trace.connectionName(trace.connection(0))).toBe('h0c1');
    expect(trace.meta).toMatchObject({ title: 'T', leftOut: 'Some.', map: { width: 100 } });
  });
  test('is refused if it is damaged or of another version', () => {
    expect(() => readColumns('{')).toThrow('damaged');
    expect(() => readColumns(JSON.stringify({ ...columns, mailcosm_columns: 2 }))).toThrow('version');
  });
});

describe('a file', () => {
  test('is told by its first octets, compressed or not', async () => {
    const text = textOf('alice_to_bob');
    const plain = await loadTrace(octets(text));
    const packed = await loadTrace(octetsOf(gzipSync(text).toString('base64')));
    expect(packed.count).toBe(plain.count);
    expect(packed.count).toBe(runOf('alice_to_bob').trace.count);
  });
  test('in the binary form is refused with the way out', async () => {
    await expect(loadTrace(new Uint8Array([0x89, 0x4d]))).rejects.toThrow('mailcosm view');
  });
  test('that is cut off is refused', async () => {
    await expect(loadTrace(new Uint8Array(gzipSync('x'.repeat(1000)).subarray(0, 12)))).rejects.toThrow('damaged');
  });
});

test('times and durations read like those on the terminal', () => {
  expect([0, 235_949_000, 60_631e6, 3_600e9, 90_061e9].map(timeText)).toEqual(['0 ms', '235.949 ms', '01:00.631', '1:00:00.000', '1 d 01:01:01.000']);
  expect([999, 12_232_000, 59.55e9, 1798e9, 3600e9, 183_600e9].map(durationText)).toEqual(['999 ns', '12.2 ms', '59.55 s', '29 min 58 s', '1 h', '2 d 3 h']);
  expect(wallText(1767603600, 0)).toBe('Monday, 5 January 2026, 09:00:00 UTC');
});

test('header fields keep their folds, and the body begins after the empty line', () => {
  const { headers, body } = headersOf('A: 1\r\n\tmore\r\nB: 2\r\n\r\nText\r\n');
  expect(headers.map(({ name, value }) => [name, value])).toEqual([['A', '1\n\tmore'], ['B', '2']]);
  expect(body).toBe('Text\r\n');
  expect(headersOf('')).toEqual({ headers: [], body: '' });
});
