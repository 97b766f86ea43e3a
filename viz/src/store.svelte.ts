// The one store: the moment, the selection, the view. Panels read it and the run, and nothing else.
import type { Level } from './model/arrows';
import type { AxisMode } from './model/axis';
import { SvelteMap } from 'svelte/reactivity';
import type { Chapter } from './model/chapters';
import { sentenceOf } from './model/facts';
import { questionsOf, type Prediction } from './model/questions';
import type { Run } from './model/run';
import type { StepSize } from './model/steps';
import type { World } from './model/world';

export const STAGES = ['map', 'ladder', 'message'] as const;
export const SIDES = ['dialogue', 'host', 'why', 'checks'] as const;
export type Stage = (typeof STAGES)[number];
export type Side = (typeof SIDES)[number];
export type Theme = 'auto' | 'light' | 'dark';

export const TITLES: Record<Stage | Side | 'story', string> = {
  story: 'Story',
  map: 'Map',
  ladder: 'Ladder',
  message: 'Message',
  dialogue: 'Dialogue',
  host: 'Host',
  why: 'Why?',
  checks: 'Checks',
};

const TOLD_EVERY = 150; // ms

export class Store {
  // The moment: what has happened is every record up to this one; the time lies between this record and the next.
  record = $state(0);
  time = $state(0);
  previous = $state(-1); // where the last step came from
  // The moment that text tells of: while the moment is dragged or played it comes after, a few times a second.
  told = $state(0);
  // The selection.
  pinned = $state(-1); // host, or -1: the host of the moment
  mail = $state(''); // message, or empty: that of the moment
  // The view.
  stage = $state<Stage>('map');
  side = $state<Side>('dialogue');
  narrow = $state<Stage | Side | 'story'>('story'); // what a narrow screen shows
  level = $state<Level>('line'); // of the ladder
  axisMode = $state<AxisMode>('nonlinear');
  stepSize = $state<StepSize>('line');
  playing = $state(false);
  speed = $state(1);
  predicting = $state(false);
  question = $state.raw<Prediction>(); // that waits for an answer, or was just answered
  readonly answers = new SvelteMap<number, number>(); // by the record that a question is about
  handout = $state<'teacher' | 'student'>('teacher');
  embedded = $state(false);
  beside = $state(true); // an embedded page shows its side, too
  theme = $state<Theme>('auto');
  glosses = $state(true);
  keys = $state(true); // single keys do something
  announcement = $state('');
  paletteChanges = $state(0); // how often colours or sizes of the page changed
  jumps = $state(0); // how often a link was followed

  readonly world: World = $derived.by(() => this.run.moments.at(this.record));
  readonly chapterPlace: number = $derived.by(() => this.run.finder.at(this.record));
  readonly toldPlace: number = $derived.by(() => this.run.finder.at(this.told));
  readonly chapter: Chapter | undefined = $derived.by(() => this.run.chapters[this.chapterPlace]);
  readonly host: number = $derived.by(() => (this.pinned >= 0 ? this.pinned : this.hostOfMoment()));
  readonly message: string = $derived.by(() => this.mail || this.messageOfMoment());

  private prepared: Prediction[] | undefined;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private toldAt = -Infinity;

  constructor(readonly run: Run) {
    this.record = this.told = run.beginning;
    this.time = run.trace.time(this.record);
  }

  // Goes to a record, as a step or a jump of the reader.
  go(record: number, quiet = false): void {
    if (record < 0 || record >= this.run.trace.count) return;
    this.previous = this.record;
    this.record = this.told = record;
    this.time = this.run.trace.time(record);
    if (!quiet) this.announcement = sentenceOf(this.run.trace, this.run.names, record);
  }

  // Goes to a record by a link: Back returns from it.
  jump(record: number): void {
    this.question = undefined;
    this.jumps++;
    this.go(record);
  }

  // Goes to a position of the axis, while playing or dragging.
  slide(position: number): void {
    const { record, time } = this.run.axis(this.axisMode).at(Math.min(1, Math.max(0, position)));
    if (this.asks(record)) return;
    if (record !== this.record) this.previous = this.record;
    this.record = record;
    this.time = time;
    this.tell();
  }
  private tell(): void {
    if (this.telling) return;
    const wait = TOLD_EVERY - (performance.now() - this.toldAt);
    const now = (): void => {
      this.telling = undefined;
      this.toldAt = performance.now();
      this.told = this.record;
    };
    if (wait <= 0) now();
    else this.telling = setTimeout(now, wait);
  }

  step(direction: 1 | -1, size: StepSize = this.stepSize): boolean {
    const next = this.run.steps.next(size, this.record, direction);
    if (next >= 0 && !this.asks(next)) this.go(next);
    return next >= 0;
  }

  // Stops before the first question between here and there that has no answer yet.
  private asks(target: number): boolean {
    if (!this.predicting || target <= this.record) return false;
    const { record } = this;
    const question = this.questions().find(({ at }) => at > record && at <= target && !this.answers.has(at));
    if (!question) return false;
    this.playing = false;
    this.question = question;
    this.go(question.at - 1, true);
    this.announcement = question.ask;
    return true;
  }
  questions(): Prediction[] {
    return (this.prepared ??= questionsOf(this.run));
  }
  answer(choice: number): void {
    if (this.question) this.answers.set(this.question.at, choice);
  }
  reveal(): void {
    const at = this.question?.at ?? -1;
    this.question = undefined;
    this.go(at);
  }
  skip(): void {
    if (this.question) this.answers.set(this.question.at, -1);
    this.reveal();
  }
  get score(): number {
    return this.questions().filter(({ at, answer }) => this.answers.get(at) === answer).length;
  }

  goChapter(place: number): void {
    const chapter = this.run.chapters[place];
    if (chapter) this.jump(chapter.first);
  }

  // The effect of this record that was caused most directly, or its nearest cause.
  goCause(direction: 1 | -1): void {
    const { trace } = this.run;
    this.go(direction === -1 ? trace.cause(this.record) : (trace.effects(this.record)[0] ?? -1));
  }

  show(view: Stage | Side | 'story'): void {
    this.narrow = view;
    if ((STAGES as readonly string[]).includes(view)) this.stage = view as Stage;
    else if (view !== 'story') this.side = view as Side;
  }

  pin(host: number): void {
    this.pinned = host;
    if (host >= 0) this.show('host');
  }

  get position(): number {
    return this.run.axis(this.axisMode).of(this.record, this.time);
  }

  // Whether the reader may see this already: one who predicts does not see what comes.
  shows(record: number): boolean {
    return !this.predicting || record <= this.told;
  }

  private hostOfMoment(): number {
    const { trace } = this.run;
    const own = trace.host(this.told);
    if (own >= 0) return own;
    // What the world does is done on the host where it leads to something.
    const effect = trace.effects(this.told).find((each) => trace.host(each) >= 0);
    return this.run.chapters[this.toldPlace]?.hosts[0] ?? (effect === undefined ? -1 : trace.host(effect));
  }
  private messageOfMoment(): string {
    return this.run.trace.message(this.told) || this.run.chapters[this.toldPlace]?.message || this.run.messages[0]?.id || '';
  }
}
