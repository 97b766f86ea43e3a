import { describe, expect, test } from 'vitest';
import { blank } from '../../src/model/blanks';
import { dialogueAt } from '../../src/model/dialogue';
import { glossOf, glossOfHeader, otherReplies } from '../../src/model/gloss';
import { questionsOf } from '../../src/model/questions';
import { search } from '../../src/model/search';
import { visible } from '../../src/model/visible';
import { runOf } from './load_run';

const run = runOf('alice_to_bob');
const talk = dialogueAt(run, run.trace.find('h3p33'));

describe('the dialogue of a moment', () => {
  test('has both sides, in the notation of swaks', () => {
    const said = talk.lines.map((line) => `${line.sign} ${line.content ? '(message)' : line.text}`);
    expect(said.slice(0, 3)).toEqual(['== Connected to mx1.blue.com, 198.51.100.3:25', '<- 220 mx1.blue.com ESMTP Mailcosm', '-> EHLO mail.red.com']);
    expect(said).toContain('-> (message)');
    expect(said.at(-1)).toBe('== Connection closed');
  });
  test('explains every line that the client or the server says', () => {
    for (const chapter of run.chapters) {
      for (const line of dialogueAt(run, chapter.first).lines) {
        if ((line.sign === '->' || line.sign === '<-') && !line.content && !/^[0-9]+ [0-9.]+$|^$|^A\d+ (DONE)?$|^\)$/.test(line.text)) {
          expect(line.glosses.length, line.text).toBeGreaterThan(0);
        }
      }
    }
  });
  test('tells what stands behind base64, without the password', () => {
    const submission = dialogueAt(run, run.trace.find('h5p4'));
    const auth = submission.lines.find((line) => line.text.startsWith('AUTH PLAIN'))!;
    const says = auth.glosses.map((gloss) => gloss.says).join(' ');
    expect(says).toContain('alice@red.com');
    expect(says).not.toContain('alice-password');
  });
});

describe('glosses', () => {
  test('name the RFC', () => {
    for (const gloss of glossOf('smtp', '250 2.1.5 Recipient OK', false, 'RCPT TO:<bob@blue.com>')) expect(gloss.rfc).toMatch(/RFC \d+/);
    expect(glossOfHeader('received')[0]!.rfc).toMatch(/RFC 532[12]/);
  });
  test('say nothing of what they do not know', () => {
    expect(glossOf('smtp', 'constructor', true)).toEqual([]);
    expect(glossOf('smtp', '', false)).toEqual([]);
    expect(glossOfHeader('__proto__')).toEqual([]);
  });
  test('give the other legal replies, never the right one', () => {
    expect(otherReplies('RCPT TO:<x>', '250 ok').map((gloss) => gloss.term)).not.toContain('250');
    expect(otherReplies('RCPT TO:<x>', '250 ok').length).toBeGreaterThan(2);
  });
});

describe('predictions', () => {
  const questions = questionsOf(run);
  test('ask which server is tried, and have the right answer among the choices', () => {
    const question = questions.find(({ ask }) => ask.includes('mail servers'))!;
    expect(question.choices[question.answer]!.text).toContain('mx1.blue.com');
  });
  test('about replies offer what the protocol allows', () => {
    const question = questions.find(({ ask }) => ask.includes('RCPT TO'))!;
    expect(question.choices[question.answer]!.text).toBe('250');
    expect(new Set(question.choices.map(({ text }) => text)).size).toBe(question.choices.length);
    expect(question.why).toContain('250 2.1.5');
  });
  test('come in order, one for each record', () => {
    expect(questions.map(({ at }) => at)).toEqual([...new Set(questions.map(({ at }) => at))].sort((a, b) => a - b));
  });
});

test('the student fills in a term of the trade, or a host', () => {
  expect(blank('hub.blue.com delivers by SMTP.', ['hub.blue.com'])).toEqual({ before: 'hub.blue.com delivers by ', answer: 'SMTP', after: '.' });
  expect(blank('mail.red.com asks resolver.red.com.', ['mail.red.com', 'resolver.red.com']).answer).toBe('resolver.red.com');
  expect(blank('Nothing to ask.', ['x.example'])).toEqual({ before: 'Nothing to ask.', answer: '', after: '' });
});

test('search finds hosts, codes, words and ids; all words must occur', () => {
  expect(search(run.trace, run.names, 'hub.blue')[0]).toMatchObject({ kind: 'host', text: 'hub.blue.com' });
  expect(search(run.trace, run.names, '354 dot').length).toBeGreaterThan(0);
  expect(search(run.trace, run.names, 'h3s1').some(({ record }) => run.trace.id(record) === 'h3s1')).toBe(true);
  expect(search(run.trace, run.names, 'zebra')).toEqual([]);
  expect(search(run.trace, run.names, '  ')).toEqual([]);
});

test('text of strangers is cut, and what is invisible is shown', () => {
  expect(visible('a\u202Eb')).toBe('a⟨U+202E⟩b');
  expect(visible('\u0000\u001b')).toBe('⟨U+0000⟩⟨U+001B⟩');
  expect(visible('a\r\nb\rc')).toBe('a\nb⟨CR⟩c');
  expect(visible('a\tb\nc')).toBe('a\tb\nc');
  expect(visible('x'.repeat(30_000)).length).toBeLessThan(20_100);
});
