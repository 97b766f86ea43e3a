// Markers: the moments that the timeline points out.
import { toneOf, type Tone } from './facts';
import type { Trace } from './trace';

export interface Marker {
  record: number;
  shape: 'delivery' | 'deferral' | 'failure' | 'fault' | 'step' | 'failed expectation';
  tone: Tone;
}

const SHAPES: Record<string, Marker['shape']> = {
  'message.stored': 'delivery',
  'message.fetched': 'delivery',
  'recipient.deferred': 'deferral',
  'recipient.bounced': 'failure',
  'bounce.created': 'failure',
  'message.rejected': 'failure',
  'message.submission_failed': 'failure',
  'mail.check_failed': 'failure',
  'loop.detected': 'failure',
  'message.missed': 'failure',
  'story.skipped': 'failure',
  'fault.began': 'fault',
  'device.lost': 'fault',
  'host.crashed': 'fault',
  'link.changed': 'fault',
  'story.step': 'step',
};

export function markersOf(trace: Trace): Marker[] {
  const wanted = trace.kindMask([...Object.keys(SHAPES), 'expectation.checked']);
  const markers: Marker[] = [];
  for (let i = 0; i < trace.count; i++) {
    if (!wanted[trace.kindPlace(i)]) continue;
    const kind = trace.kind(i);
    if (kind !== 'expectation.checked') markers.push({ record: i, shape: SHAPES[kind]!, tone: toneOf(trace, i) });
    else if (!trace.num(i, 'held')) markers.push({ record: trace.cause(i) >= 0 ? trace.cause(i) : i, shape: 'failed expectation', tone: 'bad' });
  }
  return markers;
}
