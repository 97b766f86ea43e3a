// What the lesson says at a moment.
import type { Run } from './run';
import type { Caption } from './trace';

// Of the captions of the moment's chapter, the last that the run has come to.
export function captionAt(run: Run, record: number): Caption | undefined {
  const chapter = run.finder.at(record);
  return run.trace.meta.lesson.captions.findLast(({ at }) => at <= record && run.finder.at(at) === chapter);
}
