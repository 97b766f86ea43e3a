// What the lesson adds to the page: captions of the moment, and questions that are asked once.
import { describe, expect, test } from 'vitest';
import { captionAt } from '../../src/model/lesson';
import { questionsOf } from '../../src/model/questions';
import { readJsonLines } from '../../src/model/read_jsonl';
import { Run } from '../../src/model/run';
import { runOf, textOf } from './load_run';

const point = (number: number, cause: string, fields: Record<string, string>): string =>
  JSON.stringify({ id: `ws9${number}`, t: 10 ** 12, host: '-', kind: 'lesson.point', causes: [cause], fields: { point: number, caption: '', question: '', answers: '', answer: '', note: '', ...fields } });

// The run with points of a lesson in front of its end.
function withLesson(...points: string[]): Run {
  const lines = textOf('alice_to_bob').trimEnd().split('\n');
  const end = lines.findIndex((line) => line.includes('"run.ended"'));
  lines.splice(end, 0, ...points);
  return new Run(readJsonLines(`${lines.join('\n')}\n`));
}

const plain = runOf('alice_to_bob');

describe('captions', () => {
  const record = plain.chapters[1]!.first;
  const run = withLesson(point(1, plain.trace.id(record), { caption: 'See here.' }));
  test('are there from their moment to the end of its chapter', () => {
    const { first, last } = run.chapters[1]!;
    expect(captionAt(run, first)?.text).toBe('See here.');
    expect(captionAt(run, last)?.text).toBe('See here.');
    expect(captionAt(run, first - 1)).toBeUndefined();
    expect(captionAt(run, run.chapters[2]!.first)).toBeUndefined();
  });
});

describe('questions of the lesson', () => {
  const asked = questionsOf(plain).find(({ ask }) => ask.includes('RCPT TO'))!;
  const sent = plain.trace.id(asked.at);
  const run = withLesson(point(1, sent, { question: 'What now?', answers: 'yes\nno', answer: 'no', note: 'So it is.' }), point(2, sent, { note: 'More.' }));
  const questions = questionsOf(run);
  test('are asked in its words', () => {
    const own = questions.find(({ ask }) => ask === 'What now?')!;
    expect(run.trace.id(own.at)).toBe(sent);
    expect(own.choices.map(({ text }) => text)).toEqual(['yes', 'no']);
    expect(own.answer).toBe(1);
    expect(own.why).toBe('So it is.');
  });
  test('are asked once, whether they speak of the answer as it is sent or as it arrives', () => {
    expect(questions.filter(({ at }) => at === asked.at).map(({ ask }) => ask)).toEqual(['What now?']);
    const arrived = plain.flights.arrowOf(asked.at)!.received;
    const late = questionsOf(withLesson(point(1, plain.trace.id(arrived), { question: 'What came?', answers: 'yes\nno', answer: 'no' })));
    expect(late.some(({ at }) => at === asked.at)).toBe(false);
    expect(late.find(({ at }) => at === arrived)?.ask).toBe('What came?');
  });
  test('come before the answer is sent', () => {
    expect(plain.trace.kind(asked.at)).toBe('line.sent');
    expect(plain.trace.text(asked.at, 'text')).toBe(asked.why.replace('It answers: ', ''));
  });
  test('leave notes to be read', () => {
    expect(run.trace.meta.lesson.notes).toEqual([{ at: run.trace.find(sent), text: 'More.' }]);
  });
});
