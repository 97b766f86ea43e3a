// Steps: which record comes next when one goes by event, line, phase, hop or message.
import type { Chapter } from './chapters';
import type { Trace } from './trace';

export type StepSize = 'event' | 'line' | 'phase' | 'hop' | 'message' | 'chapter';

export const STEP_TEXT: Record<StepSize, string> = {
  event: 'every record',
  line: 'protocol lines',
  phase: 'phases',
  hop: 'hops',
  message: 'messages',
  chapter: 'chapters',
};

const SETUP = ['host.declared', 'link.declared'];
const HOPS = ['message.composed', 'message.accepted', 'message.stored', 'message.fetched', 'message.rejected', 'recipient.deferred', 'recipient.bounced'];
const NEWS = [...HOPS, 'story.step', 'message.submitted', 'message.submission_failed', 'mx.selected', 'lookup.answered', 'mail.checked', 'mail.check_failed', 'recipient.delivered', 'bounce.created', 'fault.began', 'fault.ended', 'fault.applied', 'story.skipped', 'device.lost', 'message.read', 'message.missed', 'copy.changed', 'copy.moved', 'copy.removed', 'host.crashed', 'host.restarted', 'link.changed', 'session.opened', 'session.closed'];
// A phase of a dialogue begins with one of these commands.
const PHASES = /^(EHLO|HELO|LHLO|AUTH|STARTTLS|MAIL|DATA|BDAT|QUIT|USER|APOP|STAT|UIDL|RETR|TOP|\S+ (LOGIN|AUTHENTICATE|STARTTLS|SELECT|EXAMINE|UID FETCH|FETCH|APPEND|IDLE|LOGOUT))\b/i;

export class Steps {
  private readonly lists = new Map<StepSize, number[]>();

  constructor(
    private readonly trace: Trace,
    private readonly chapters: Chapter[],
  ) {}

  // The next record in this direction, or -1 at the end.
  next(size: StepSize, from: number, direction: 1 | -1): number {
    const list = this.list(size);
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]! < from || (direction === 1 && list[middle] === from)) low = middle + 1;
      else high = middle;
    }
    return list[direction === 1 ? low : low - 1] ?? -1;
  }

  list(size: StepSize): number[] {
    let list = this.lists.get(size);
    if (!list) this.lists.set(size, (list = this.make(size)));
    return list;
  }

  private make(size: StepSize): number[] {
    const { trace } = this;
    if (size === 'chapter') return [...new Set(this.chapters.map((chapter) => chapter.first))];
    const setup = trace.kindMask(SETUP);
    const hops = trace.kindMask(HOPS);
    const news = trace.kindMask(NEWS);
    const sent = trace.kindMask(['line.sent']);
    const seen = new Set<string>();
    const list: number[] = [];
    for (let i = 0; i < trace.count; i++) {
      const kind = trace.kindPlace(i);
      if (setup[kind]) continue;
      if (size === 'event') list.push(i);
      else if (size === 'hop') hops[kind] && list.push(i);
      else if (size === 'line') (isTalk(trace.kind(i)) || news[kind]) && list.push(i);
      else if (size === 'phase') (news[kind] || (sent[kind] && PHASES.test(trace.text(i, 'text')))) && list.push(i);
      else if (size === 'message' && trace.message(i) && !seen.has(trace.message(i))) {
        seen.add(trace.message(i));
        list.push(i);
      }
    }
    return list;
  }
}

function isTalk(kind: string): boolean {
  return kind === 'line.sent' || kind === 'data.sent' || kind === 'dns.sent';
}
