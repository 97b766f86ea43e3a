// Draws the timeline: chapters, density, torn-out pauses, markers and the moment.
import type { Axis } from '../model/axis';
import type { Marker } from '../model/markers';
import type { Run } from '../model/run';
import { durationText } from '../model/time_text';
import { fitted, type Surface } from './canvas';
import type { Palette } from './palette';

export const MARGIN = 12;
const BAND = 16; // height of the chapters' band
const MARKERS = 18;

export interface TimelineScene {
  run: Run;
  axis: Axis;
  markers: Marker[];
  position: number;
  chapter: number; // place
}

// What does not move with the moment is drawn twice, as past and as future, and kept for as long as nothing else changes.
export class TimelineDrawing {
  private past: HTMLCanvasElement | undefined;
  private future: HTMLCanvasElement | undefined;
  private key = '';

  draw(surface: Surface, scene: TimelineScene, p: Palette): void {
    const { context: c, width, height } = surface;
    const key = [width, height, scene.axis.mode, c.canvas.width, ...Object.values(p)].join();
    if (key !== this.key) {
      this.past = layer(surface, scene, p, true);
      this.future = layer(surface, scene, p, false);
      this.key = key;
    }
    const x = (position: number): number => MARGIN + position * (width - 2 * MARGIN);
    const now = x(scene.position);
    c.drawImage(this.future!, 0, 0, width, height);
    c.save();
    c.beginPath();
    c.rect(0, 0, now, height);
    c.clip();
    c.clearRect(0, 0, width, height);
    c.drawImage(this.past!, 0, 0, width, height);
    c.restore();
    const chapter = scene.run.chapters[scene.chapter];
    if (chapter?.number) drawBand(c, scene, chapter.place, p, x);
    drawMoment(c, now, height, p);
  }
}

function layer({ context, width, height }: Surface, scene: TimelineScene, p: Palette, past: boolean): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = context.canvas.width;
  canvas.height = context.canvas.height;
  const c = canvas.getContext('2d')!;
  c.scale(canvas.width / width, canvas.height / height);
  const x = (position: number): number => MARGIN + position * (width - 2 * MARGIN);
  let filled = -Infinity; // bands narrower than a pixel are drawn once
  for (const chapter of scene.run.chapters) {
    if (chapter.number) filled = drawBand(c, scene, chapter.place, p, x, filled);
  }
  drawDensity(c, scene, p, width, height, past);
  for (const gap of scene.axis.gaps) drawGap(c, x(gap.from), x(gap.to), height, durationText(gap.length), p);
  drawMarkers(c, scene, p, x, height);
  return canvas;
}

// Returns how far to the right the band goes.
function drawBand(c: CanvasRenderingContext2D, { run, axis, chapter: now }: TimelineScene, place: number, p: Palette, x: (at: number) => number, filled?: number): number {
  const chapter = run.chapters[place]!;
  const current = filled === undefined && place === now;
  // Where chapters overlap, the later one is shown from its beginning on.
  let next = place + 1;
  while (run.chapters[next]?.number === 0) next++;
  const last = Math.max(chapter.first, Math.min(chapter.last, run.chapters[next]?.first ?? Infinity));
  const from = x(axis.of(chapter.first, run.trace.time(chapter.first)));
  const to = Math.max(from + 2, x(axis.of(last, run.trace.time(last))));
  if (filled !== undefined && to < filled + 1) return filled;
  c.fillStyle = p.paper;
  if (current) c.fillRect(from, 1, Math.max(1.5, to - from - 1), BAND - 2);
  c.fillStyle = current ? p.accent : chapter.tone === 'bad' ? p.bad : chapter.tone === 'wait' ? p.wait : p.strong;
  c.globalAlpha = current ? 1 : 0.55;
  c.fillRect(from, 1, Math.max(1.5, to - from - 1), BAND - 2);
  c.globalAlpha = 1;
  if (to - from > 16) {
    c.font = '600 11px system-ui, sans-serif';
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillStyle = current ? p.onAccent : p.paper;
    c.fillText(String(chapter.number), (from + to) / 2, BAND / 2);
  }
  return to;
}

function drawDensity(c: CanvasRenderingContext2D, { axis }: TimelineScene, p: Palette, width: number, height: number, past: boolean): void {
  const inner = width - 2 * MARGIN;
  const bins = Math.max(20, Math.floor(inner / 4));
  const counts = axis.density(bins);
  const most = Math.max(1, ...counts);
  const floor = height - MARKERS;
  const room = floor - BAND - 6;
  for (let bin = 0; bin < bins; bin++) {
    if (!counts[bin]) continue;
    const bar = Math.max(2, (Math.log2(1 + counts[bin]!) / Math.log2(1 + most)) * room);
    c.fillStyle = past ? p.accent : p.strong;
    c.globalAlpha = past ? 0.6 : 0.35;
    c.fillRect(MARGIN + (bin * inner) / bins, floor - bar, Math.max(1, inner / bins - 1), bar);
  }
  c.globalAlpha = 1;
  c.fillStyle = p.strong;
  c.fillRect(MARGIN, floor, inner, 1);
}

// A strip torn out of the paper, with the length of the pause.
function drawGap(c: CanvasRenderingContext2D, from: number, to: number, height: number, length: string, p: Palette): void {
  const middle = (from + to) / 2;
  const half = Math.max(3, Math.min((to - from) / 2 - 1, 34));
  const top = BAND + 3;
  const bottom = height - MARKERS + 3;
  c.fillStyle = p.ground;
  c.strokeStyle = p.strong;
  c.lineWidth = 1;
  c.beginPath();
  const teeth = 6;
  const bite = Math.min(2.5, half / 3);
  for (let tooth = 0; tooth <= teeth; tooth++) c.lineTo(middle - half + (tooth % 2 ? bite : -bite), top + ((bottom - top) * tooth) / teeth);
  for (let tooth = teeth; tooth >= 0; tooth--) c.lineTo(middle + half + (tooth % 2 ? bite : -bite), top + ((bottom - top) * tooth) / teeth);
  c.closePath();
  c.fill();
  // Many narrow strips side by side are only outlined faintly.
  c.globalAlpha = half < 9 ? 0.5 : 1;
  c.setLineDash(half < 9 ? [] : [2, 2]);
  c.stroke();
  c.setLineDash([]);
  c.globalAlpha = 1;
  if (half < 14) return;
  c.fillStyle = p.ink;
  c.font = '11px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  // Where there is no room for "12 min 30 s", the first unit must do.
  const text = c.measureText(length).width <= half * 2 - 4 ? length : length.split(' ').slice(0, 2).join(' ');
  c.fillText(fitted(c, text, half * 2 - 4), middle, (top + bottom) / 2);
}

function drawMarkers(c: CanvasRenderingContext2D, { run, axis, markers }: TimelineScene, p: Palette, x: (at: number) => number, height: number): void {
  const y = height - MARKERS / 2 + 1;
  let last = -Infinity;
  for (const marker of markers) {
    const at = x(axis.of(marker.record, run.trace.time(marker.record)));
    if (at - last < 3 && marker.shape !== 'failed expectation') continue;
    last = at;
    drawMarker(c, marker.shape, at, y, p);
  }
}

// Shapes besides colours: a disc is a delivery, an hour-glass a deferral, a cross a failure, a bolt a fault, a triangle a step.
export function drawMarker(c: CanvasRenderingContext2D, shape: Marker['shape'], x: number, y: number, p: Palette): void {
  c.lineWidth = 2;
  c.beginPath();
  if (shape === 'delivery') {
    c.fillStyle = p.good;
    c.arc(x, y, 4.5, 0, 7);
    c.fill();
  } else if (shape === 'deferral') {
    c.fillStyle = p.wait;
    c.moveTo(x - 4.5, y - 5);
    c.lineTo(x + 4.5, y - 5);
    c.lineTo(x - 4.5, y + 5);
    c.lineTo(x + 4.5, y + 5);
    c.closePath();
    c.fill();
  } else if (shape === 'step') {
    c.fillStyle = p.ink;
    c.moveTo(x - 4, y - 5);
    c.lineTo(x + 5, y);
    c.lineTo(x - 4, y + 5);
    c.closePath();
    c.fill();
  } else if (shape === 'fault') {
    c.strokeStyle = p.bad;
    c.moveTo(x + 2, y - 6);
    c.lineTo(x - 2, y);
    c.lineTo(x + 2, y);
    c.lineTo(x - 2, y + 6);
    c.stroke();
  } else {
    c.strokeStyle = p.bad;
    c.moveTo(x - 4, y - 4);
    c.lineTo(x + 4, y + 4);
    c.moveTo(x + 4, y - 4);
    c.lineTo(x - 4, y + 4);
    c.stroke();
    if (shape === 'failed expectation') c.strokeRect(x - 6, y - 6, 12, 12);
  }
}

function drawMoment(c: CanvasRenderingContext2D, x: number, height: number, p: Palette): void {
  c.fillStyle = p.ink;
  c.fillRect(x - 1, 0, 2, height - 2);
  c.beginPath();
  c.moveTo(x - 6, 0);
  c.lineTo(x + 6, 0);
  c.lineTo(x, 8);
  c.closePath();
  c.fill();
}
