// The student's version of a sentence: one term left out, to be filled in.

export interface Blanked {
  before: string;
  answer: string; // empty if there is nothing to ask for
  after: string;
}

const TERMS = /(?<![\w.@-])(SMTP|LMTP|IMAP|POP3|MX|preference \d+|TTL|UID \d+|responsibility|notification|resolver|retries|queue)(?![\w@-]|\.\w)/g;

// Leaves out the last term of the trade, else the last host name.
export function blank(sentence: string, hosts: readonly string[]): Blanked {
  const terms = [...sentence.matchAll(TERMS)];
  const term = terms[terms.length - 1];
  if (term) return cutAt(sentence, term.index, term[0].length);
  let best = { at: -1, length: 0 };
  for (const host of hosts) {
    const at = sentence.lastIndexOf(host);
    if (at > best.at || (at === best.at && host.length > best.length)) best = { at, length: host.length };
  }
  return best.at < 0 ? { before: sentence, answer: '', after: '' } : cutAt(sentence, best.at, best.length);
}

function cutAt(sentence: string, at: number, length: number): Blanked {
  return { before: sentence.slice(0, at), answer: sentence.slice(at, at + length), after: sentence.slice(at + length) };
}
