// Questions before marked events: those of the lesson, and some that follow from the run itself. The wrong answers to a question
// about a reply are the other replies that the protocol allows.
import { dialogueOf } from './conversations';
import { otherReplies } from './gloss';
import { withoutDots } from './names';
import type { Run } from './run';

export interface Choice {
  text: string;
  note: string; // what it would mean
}

export interface Prediction {
  at: number; // the record that answers
  ask: string;
  choices: Choice[];
  answer: number;
  why: string;
  prose?: boolean; // the choices are sentences, not what machines say
}

const CHOICES = 4;

export function questionsOf(run: Run): Prediction[] {
  const lesson = fromLesson(run);
  // What the lesson asks is not asked again, whether it speaks of the line as it is sent or as it arrives.
  const told = new Set(lesson.flatMap(({ at }) => [at, run.flights.arrowOf(at)?.sent ?? at]));
  const list = [...lesson, ...aboutServers(run), ...aboutReplies(run).filter(({ at }) => !told.has(at))];
  list.sort((a, b) => a.at - b.at);
  return list.filter((question, place) => place === 0 || question.at !== list[place - 1]!.at);
}

function fromLesson(run: Run): Prediction[] {
  const made: Prediction[] = [];
  for (const { at, ask, choices, answer, why } of run.trace.meta.lesson.questions) {
    if (choices?.length && answer !== undefined && answer >= 0) {
      made.push({ at, ask, choices: choices.map((text) => ({ text, note: '' })), answer, why: why ?? '', prose: true });
      continue;
    }
    const reply = replyAt(run, at);
    if (reply) made.push({ ...reply, ask: ask || reply.ask, why: why || reply.why });
  }
  return made;
}

// "Which of the servers will be tried?", where there is a choice.
function aboutServers(run: Run): Prediction[] {
  const { trace } = run;
  const wanted = trace.kindMask(['mx.selected']);
  const made: Prediction[] = [];
  for (let i = 0; i < trace.count && made.length < 20; i++) {
    if (!wanted[trace.kindPlace(i)]) continue;
    const candidates = withoutDots(trace.text(i, 'candidates')).split(', ').filter(Boolean);
    if (candidates.length < 2) continue;
    const host = withoutDots(trace.text(i, 'host'));
    const answer = candidates.findIndex((candidate) => candidate.split(' ')[1] === host);
    if (answer < 0) continue;
    made.push({
      at: i,
      ask: `The domain ${trace.text(i, 'domain')} has ${candidates.length} mail servers. Which one will ${run.names.name(trace.host(i))} try?`,
      choices: candidates.map((text) => ({ text, note: '' })),
      answer,
      why: 'The preference is a number, and the smallest is tried first; among equal ones the choice is random (RFC 5321 section 5.1).',
    });
  }
  return made;
}

// "What will the server answer?", for the verdict on each recipient of the first dialogues and on each message that was refused.
function aboutReplies(run: Run): Prediction[] {
  const made: Prediction[] = [];
  const asked = new Set<string>();
  for (const talk of run.talks) {
    if (!/^(smtp|submission|lmtp)$/.test(talk.protocol) || made.length >= 20) continue;
    for (const i of dialogueOf(talk).records) {
      if (run.trace.kind(i) !== 'line.received') continue;
      const question = replyAt(run, i);
      if (!question) continue;
      const refused = /^[45]/.test(run.trace.text(i, 'text'));
      const verb = question.ask.split(' ')[3] ?? '';
      if (!refused && asked.has(verb)) continue;
      asked.add(verb);
      made.push(question);
    }
  }
  return made;
}

function replyAt(run: Run, at: number): Prediction | undefined {
  const { trace } = run;
  const talk = run.talks[trace.connection(at)];
  const reply = trace.text(at, 'text');
  if (!talk || !/^[2-5]\d\d /.test(reply)) return undefined;
  const command = commandOf(run, talk.connection, at);
  if (!/^(RCPT|DATA|MAIL|AUTH)/i.test(command)) return undefined;
  const others = otherReplies(command, reply).slice(0, CHOICES - 1);
  if (others.length === 0) return undefined;
  const own: Choice = { text: reply, note: '' };
  const wrong = others.map(({ term, says }): Choice => ({ text: term, note: says }));
  // The place of the right answer depends on the record, not on chance.
  const answer = at % (wrong.length + 1);
  const choices = [...wrong.slice(0, answer), own, ...wrong.slice(answer)].map((choice) => ({ ...choice, text: choice === own ? reply.slice(0, 3) : choice.text }));
  return {
    at: run.flights.arrowOf(at)?.sent ?? at, // before the answer is on its way
    ask: `The client says “${command}”. What will ${run.names.name(talk.server)} answer?`,
    choices,
    answer,
    why: `It answers: ${reply}`,
  };
}

// The command that a reply answers: commands may run ahead of their replies (pipelining), so both are counted.
function commandOf(run: Run, connection: number, at: number): string {
  const { trace } = run;
  const waiting: string[] = [];
  for (const i of dialogueOf(run.talks[connection]!).records) {
    const kind = trace.kind(i);
    const text = trace.text(i, 'text');
    if (kind === 'line.sent') waiting.push(text);
    else if (kind === 'line.received' && /^\d{3} /.test(text)) {
      if (i === at) return waiting[0] ?? '';
      waiting.shift();
      if (/^220/.test(text) && waiting.length === 0) continue;
    }
  }
  return '';
}
