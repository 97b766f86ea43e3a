// Markers: the moments that the timeline points out.
import type { Expectation } from './expectations';
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

export function markersOf(trace: Trace, expectations: readonly Expectation[]): Marker[] {
  const wanted = trace.kindMask(Object.keys(SHAPES));
  const markers: Marker[] = [];
  for (let i = 0; i < trace.count; i++) {
    if (!wanted[trace.kindPlace(i)]) continue;
    markers.push({ record: i, shape: SHAPES[trace.kind(i)]!, tone: toneOf(trace, i) });
  }
  for (const { held, at } of expectations) if (!held) markers.push({ record: at, shape: 'failed expectation', tone: 'bad' });
  return markers.sort((a, b) => a.record - b.record);
}
