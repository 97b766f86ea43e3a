// Run: a trace and everything that is derived from it once. Panels take what they show from here and from the moment.
import { arrowsOf, type Arrows } from './arrows';
import { Axis, type AxisMode } from './axis';
import { ChapterFinder, chaptersOf, type Chapter } from './chapters';
import { sentenceOf } from './facts';
import { conversationsOf, type Conversation } from './conversations';
import { expectationsOf, type Expectation } from './expectations';
import { Flights } from './flights';
import { layoutOf, Routes, type Layout } from './layout';
import { messagesOf, type MailStory } from './messages';
import { Moments } from './moments';
import { Names } from './names';
import { Steps } from './steps';
import type { Trace } from './trace';
import { Units } from './units';

export class Run {
  readonly names: Names;
  readonly talks: Conversation[];
  readonly units: Units;
  readonly chapters: Chapter[];
  readonly finder: ChapterFinder;
  readonly messages: MailStory[];
  readonly moments: Moments;
  readonly steps: Steps;
  readonly expectations: Expectation[];
  readonly layout: Layout;
  readonly routes: Routes;
  private readonly axes = new Map<AxisMode, Axis>();
  private arrowLists: Arrows | undefined;
  private subjects: Map<string, string> | undefined;
  private flightList: Flights | undefined;

  constructor(readonly trace: Trace) {
    this.names = new Names(trace);
    this.talks = conversationsOf(trace, this.names);
    this.units = new Units(trace);
    this.chapters = chaptersOf(trace, this.names, this.talks, this.units);
    this.finder = new ChapterFinder(this.chapters, this.units);
    this.messages = messagesOf(trace);
    this.moments = new Moments(trace, this.names);
    this.steps = new Steps(trace, this.chapters);
    this.expectations = expectationsOf(trace);
    this.layout = layoutOf(trace, this.names);
    this.routes = new Routes(trace.hosts.length, this.layout.links);
  }

  axis(mode: AxisMode): Axis {
    let axis = this.axes.get(mode);
    if (!axis) this.axes.set(mode, (axis = new Axis(this.trace, mode)));
    return axis;
  }

  // What was sent and received; made when first asked for.
  get arrows(): Arrows {
    this.arrowLists ??= arrowsOf(this.trace, this.names, (connection) => this.talks[connection] ?? { client: -1, server: -1 });
    return this.arrowLists;
  }

  get flights(): Flights {
    return (this.flightList ??= new Flights(this));
  }

  // What a message is called.
  subjectOf(id: string): string {
    this.subjects ??= new Map(this.messages.map((mail) => [mail.id, mail.subject]));
    return this.subjects.get(id) || id || '(no subject)';
  }

  sentence(record: number): string {
    return sentenceOf(this.trace, this.names, record);
  }

  // The record where the story begins: after the hosts and links were set up.
  get beginning(): number {
    return this.chapters[0]?.first ?? 0;
  }
}
