// Draws the part of the ladder that is in view.
import type { LadderLayout, Rung } from '../model/ladder';
import { durationText } from '../model/time_text';
import { visible } from '../model/visible';
import { fitted, type Surface } from './canvas';
import { envelope } from './icons';
import { cross, pill } from './map';
import type { Palette } from './palette';

export const HEAD = 40; // height of the lanes' names
const EDGE = 64;
export const LANE_MIN = 104;

export interface LadderScene {
  layout: LadderLayout;
  rungs: Rung[];
  top: number; // scrolled
  left: number;
  width: number; // of all lanes
  now: number; // y of the moment
  record: number;
}

export function laneX(lane: number, count: number, width: number): number {
  if (count < 2) return width / 2;
  const edge = Math.min(EDGE, width / (count + 1));
  return edge + (lane * (width - 2 * edge)) / (count - 1);
}

export function drawLadder({ context: c, width, height }: Surface, scene: LadderScene, p: Palette): void {
  const { layout } = scene;
  const x = (lane: number): number => laneX(lane, layout.lanes.length, scene.width) - scene.left;
  const y = (at: number): number => at - scene.top + HEAD;
  drawLanes(c, scene, p, x, height);
  for (const tear of layout.tears) drawTear(c, y(tear.y), width, tear.length, p);
  for (const rung of scene.rungs) drawRepeat(c, rung, scene, p, x, y);
  for (const rung of scene.rungs) drawRung(c, rung, scene, p, x(rung.from), x(rung.to), y(rung.y1), y(rung.y2));
  drawNow(c, y(scene.now), width, p);
  drawHeads(c, scene, p, x, width);
}

function drawLanes(c: CanvasRenderingContext2D, { layout }: LadderScene, p: Palette, x: (lane: number) => number, height: number): void {
  c.strokeStyle = p.line;
  c.lineWidth = 1.5;
  layout.lanes.forEach((_, lane) => {
    c.beginPath();
    c.moveTo(x(lane), HEAD);
    c.lineTo(x(lane), height);
    c.stroke();
  });
}

function drawHeads(c: CanvasRenderingContext2D, { layout, width: whole }: LadderScene, p: Palette, x: (lane: number) => number, width: number): void {
  c.fillStyle = p.ground;
  c.fillRect(0, 0, width, HEAD - 4);
  c.fillStyle = p.line;
  c.fillRect(0, HEAD - 4, width, 1);
  const room = layout.lanes.length > 1 ? (whole - 2 * EDGE) / (layout.lanes.length - 1) - 6 : whole;
  layout.lanes.forEach((lane, place) => {
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillStyle = p.ink;
    const [first, ...rest] = visible(lane.name, 80).split('.');
    c.font = '650 12px system-ui, sans-serif';
    c.fillText(fitted(c, lane.hosts.length > 1 ? lane.name : first!, room), x(place), rest.length ? 12 : 18);
    c.font = '11px system-ui, sans-serif';
    c.fillStyle = p.muted;
    if (lane.hosts.length > 1) c.fillText(`${lane.hosts.length} hosts`, x(place), 26);
    else if (rest.length) c.fillText(fitted(c, rest.join('.'), room), x(place), 26);
  });
}

function drawTear(c: CanvasRenderingContext2D, y: number, width: number, length: number, p: Palette): void {
  if (y < -40 || y > 4000) return;
  const half = 14;
  c.beginPath();
  const teeth = Math.ceil(width / 14);
  for (let tooth = 0; tooth <= teeth; tooth++) c.lineTo((tooth * width) / teeth, y - half + (tooth % 2 ? 3 : -3));
  for (let tooth = teeth; tooth >= 0; tooth--) c.lineTo((tooth * width) / teeth, y + half + (tooth % 2 ? 3 : -3));
  c.closePath();
  c.fillStyle = p.ground;
  c.fill();
  c.strokeStyle = p.strong;
  c.lineWidth = 1;
  c.setLineDash([3, 3]);
  c.stroke();
  c.setLineDash([]);
  c.fillStyle = p.ink;
  c.font = '12px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(`${durationText(length)} of silence`, width / 2, y);
}

function drawRung(c: CanvasRenderingContext2D, rung: Rung, scene: LadderScene, p: Palette, x1: number, x2: number, y1: number, y2: number): void {
  const current = scene.record === rung.arrow.sent || scene.record === rung.arrow.received;
  const coming = rung.arrow.sent > scene.record;
  const color = { mail: p.ink, line: p.accent, dns: p.dns, packet: p.muted, session: p.read, bad: p.bad }[rung.tone];
  c.globalAlpha = coming ? 0.55 : 1;
  if (rung.arrow.kind === 'session') return drawSession(c, rung, p, x1, x2, y1, y2);
  c.strokeStyle = c.fillStyle = color;
  c.lineWidth = current ? 3 : rung.tone === 'mail' ? 2.4 : 1.5;
  const lost = rung.arrow.lost;
  const [ex, ey] = lost ? [x1 + (x2 - x1) * 0.6, y1 + (y2 - y1) * 0.6] : [x2, y2];
  if (x1 === x2) {
    c.beginPath();
    c.moveTo(x1, y1);
    c.bezierCurveTo(x1 + 34, y1, x1 + 34, y2 + 4, x1 + 3, y2 + 4);
    c.stroke();
  } else {
    c.setLineDash(rung.arrow.again >= 0 ? [6, 3] : []);
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(ex, ey);
    c.stroke();
    c.setLineDash([]);
    if (lost) cross(c, ex, ey, 6, p.bad);
    else head(c, x1, y1, x2, y2);
  }
  label(c, rung, current, p, x1, x2, y1, y2);
  c.globalAlpha = 1;
}

function head(c: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  c.beginPath();
  c.moveTo(x2, y2);
  c.lineTo(x2 - 9 * Math.cos(angle - 0.4), y2 - 9 * Math.sin(angle - 0.4));
  c.lineTo(x2 - 9 * Math.cos(angle + 0.4), y2 - 9 * Math.sin(angle + 0.4));
  c.closePath();
  c.fill();
}

function label(c: CanvasRenderingContext2D, rung: Rung, current: boolean, p: Palette, x1: number, x2: number, y1: number, y2: number): void {
  // In the middle of what is in view of the arrow.
  const visibleWidth = c.canvas.clientWidth;
  const [from, to] = [Math.max(0, Math.min(x1, x2)), Math.min(visibleWidth, Math.max(x1, x2))];
  if (to < -20 || from > visibleWidth + 20) return;
  const width = Math.max(170, to - from - 20);
  const x = (from + to) / 2 + (x1 === x2 ? 40 : 0);
  const y = x1 === x2 ? (y1 + y2) / 2 : y1 + ((y2 - y1) * (x - x1)) / (x2 - x1);
  const text = `${visible(rung.label, 160)}${rung.arrow.again >= 0 ? ' (again)' : ''}${rung.arrow.lost ? ' - lost' : ''}`;
  c.font = `${current ? '700 ' : ''}11.5px ui-monospace, monospace`;
  if (current) return pill(c, fitted(c, text, Math.max(width, 240)), x, y - 8, p.ink, p.paper, '700', 11.5, 'ui-monospace, monospace');
  c.textAlign = 'center';
  c.textBaseline = 'bottom';
  const shown = fitted(c, text, width);
  c.lineWidth = 3.5;
  c.strokeStyle = p.paper;
  c.strokeText(shown, x, y - 1.5);
  c.fillStyle = rung.tone === 'bad' ? p.bad : p.ink;
  c.fillText(shown, x, y - 1.5);
  if (rung.tone === 'mail') envelope(c, x, y + 3, 13, p.mark, p.ink);
}

// A dialogue as a band between its two lanes.
function drawSession(c: CanvasRenderingContext2D, rung: Rung, p: Palette, x1: number, x2: number, y1: number, y2: number): void {
  c.fillStyle = p.accentSoft;
  c.fillRect(Math.min(x1, x2), y1, Math.abs(x2 - x1), Math.max(16, y2 - y1));
  c.strokeStyle = p.accent;
  c.lineWidth = 1;
  c.strokeRect(Math.min(x1, x2), y1, Math.abs(x2 - x1), Math.max(16, y2 - y1));
  c.fillStyle = p.ink;
  c.font = '600 12px system-ui, sans-serif';
  c.textAlign = 'center';
  c.textBaseline = 'top';
  c.fillText(fitted(c, rung.label, Math.abs(x2 - x1) - 8), (x1 + x2) / 2, y1 + 2);
  c.globalAlpha = 1;
}

// A line from a packet to the one that it repeats.
function drawRepeat(c: CanvasRenderingContext2D, rung: Rung, { layout }: LadderScene, p: Palette, x: (lane: number) => number, y: (at: number) => number): void {
  const first = rung.arrow.again >= 0 ? layout.rungs[rung.arrow.again] : undefined;
  if (!first || first.from !== rung.from || first.arrow.kind !== 'packet') return;
  c.strokeStyle = p.wait;
  c.lineWidth = 1.5;
  c.setLineDash([2, 3]);
  c.beginPath();
  const side = rung.to > rung.from ? -1 : 1;
  c.moveTo(x(rung.from), y(first.y1));
  c.bezierCurveTo(x(rung.from) + side * 22, y(first.y1), x(rung.from) + side * 22, y(rung.y1), x(rung.from), y(rung.y1));
  c.stroke();
  c.setLineDash([]);
}

function drawNow(c: CanvasRenderingContext2D, y: number, width: number, p: Palette): void {
  c.fillStyle = p.accent;
  c.globalAlpha = 0.8;
  c.fillRect(0, y + 3, width, 1.5);
  c.globalAlpha = 1;
}

// The rung at a point, or nothing.
export function rungAt(scene: LadderScene, px: number, py: number): Rung | undefined {
  const at = py + scene.top - HEAD;
  const lanes = scene.layout.lanes.length;
  let best: Rung | undefined;
  let distance = 9;
  for (const rung of scene.rungs) {
    const x1 = laneX(rung.from, lanes, scene.width) - scene.left;
    const x2 = laneX(rung.to, lanes, scene.width) - scene.left;
    if (px < Math.min(x1, x2) - 8 || px > Math.max(x1, x2) + 40) continue;
    const part = x1 === x2 ? 0.5 : Math.min(1, Math.max(0, (px - x1) / (x2 - x1)));
    const off = Math.abs(rung.y1 + (rung.y2 - rung.y1) * part - 4 - at);
    if (rung.arrow.kind !== 'session' && off < distance) {
      distance = off;
      best = rung;
    }
  }
  return best;
}
