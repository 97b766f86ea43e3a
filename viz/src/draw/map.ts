// Draws the map: organisations, links, hosts with what they hold, and what is on its way between them.
import { sumOf, type Fold, type Folding } from '../model/folding';
import type { Flight } from '../model/flights';
import type { Layout } from '../model/layout';
import type { Host } from '../model/names';
import type { Run } from '../model/run';
import { durationText } from '../model/time_text';
import { visible } from '../model/visible';
import type { World } from '../model/world';
import { fitted, type Surface } from './canvas';
import { envelope, ICON, iconPath, outline, SHAPE } from './icons';
import type { Palette } from './palette';

export interface MapScene {
  run: Run;
  world: World;
  flights: Flight[];
  selected: number; // host
  active: ReadonlySet<number>; // hosts of the chapter
  folding: Folding;
  zoomed: string; // organisation that fills the map, or empty
  pulse: number; // 0 to 1: how far the thing of the moment has been shown to move
}

// Where the layout lies on the surface.
export interface View {
  scale: number; // across
  tall: number; // down: what is wide and low is stretched to the room there is
  left: number;
  top: number;
}

export const RADIUS = 21;
const ROOM = 12;
const CAPTION = 52; // room for the sentence under the picture

export function viewOf(layout: Layout, width: number, height: number, zoomed = ''): View {
  const area = layout.areas.find(({ name }) => zoomed && name === zoomed);
  if (area) {
    const scale = Math.min(2.4, (width - 150) / area.w, (height - CAPTION - 60) / area.h);
    return { scale, tall: scale, left: width / 2 - (area.x + area.w / 2) * scale, top: (height - CAPTION) / 2 - (area.y + area.h / 2) * scale };
  }
  const room = height - CAPTION;
  const scale = Math.min(1.5, (width - 2 * ROOM) / layout.width, (room - 2 * ROOM) / layout.height);
  const tall = Math.min(scale * 1.7, (room - 2 * ROOM) / layout.height);
  return { scale, tall, left: (width - layout.width * scale) / 2, top: (room - layout.height * tall) / 2 };
}

export function radiusOf(host: Host, view: View): number {
  return (host.role === 'router' ? 0.62 : 1) * Math.min(RADIUS * 1.25, Math.max(10, RADIUS * Math.sqrt(view.scale * view.tall) * 1.45));
}

// Where things on their way were drawn.
export interface Spot {
  x: number;
  y: number;
  flight: Flight;
}

export function drawMap({ context: c, width, height }: Surface, scene: MapScene, p: Palette): Spot[] {
  const { layout } = scene.run;
  const view = viewOf(layout, width, height, scene.zoomed);
  const at = (x: number, y: number): [number, number] => [view.left + x * view.scale, view.top + y * view.tall];
  const point = (host: number): [number, number] => {
    const fold = scene.folding.of(host);
    return fold ? at(fold.x, fold.y) : at(layout.x[host]!, layout.y[host]!);
  };
  c.lineJoin = 'round';
  c.lineCap = 'round';
  drawAreas(c, scene, view, p);
  drawLinks(c, scene, p, point, view);
  for (const fold of scene.folding.folds) drawFold(c, scene, fold, p, at(fold.x, fold.y), fold.w * view.scale);
  for (const host of scene.run.names.hosts) if (!scene.folding.of(host.place)) drawHost(c, scene, host, p, point(host.place), view);
  return [...scene.flights].reverse().flatMap((flight) => drawFlight(c, flight, scene, p, point));
}

function drawAreas(c: CanvasRenderingContext2D, { run, folding }: MapScene, view: View, p: Palette): void {
  for (const area of run.layout.areas) {
    if (!area.name || folding.folds.some((fold) => fold.organisation === area.name)) continue;
    const [x, y, w, h] = [view.left + area.x * view.scale, view.top + area.y * view.tall, area.w * view.scale, area.h * view.tall];
    c.beginPath();
    c.roundRect(x, y, w, h, 14);
    c.fillStyle = p.ground;
    c.fill();
    c.strokeStyle = p.line;
    c.lineWidth = 1;
    c.stroke();
    c.fillStyle = p.muted;
    c.font = '650 13px system-ui, sans-serif';
    c.textAlign = 'left';
    c.textBaseline = 'top';
    c.fillText(fitted(c, visible(area.name, 60), w - 20), x + 11, y + 8);
  }
}

function drawLinks(c: CanvasRenderingContext2D, { run, world, flights, folding }: MapScene, p: Palette, point: (host: number) => [number, number], view: View): void {
  const used = new Set(flights.filter((flight) => flight.current).flatMap((flight) => flight.way.slice(1).map((to, at) => pair(flight.way[at]!, to))));
  for (const link of run.layout.links) {
    const folded = folding.of(link.a);
    if (folded && folded === folding.of(link.b)) continue;
    const [x1, y1] = point(link.a);
    const [x2, y2] = point(link.b);
    const change = world.links.get(`${run.names.name(link.a)}|${run.names.name(link.b)}`) ?? '';
    const down = /^down/.test(change);
    const hot = used.has(pair(link.a, link.b));
    c.strokeStyle = down ? p.bad : hot ? p.accent : p.strong;
    c.globalAlpha = hot || down ? 1 : 0.55;
    c.lineWidth = hot ? 3 : link.bandwidth >= 1e9 || link.bandwidth === 0 ? 1.8 : 1.2;
    c.setLineDash(down ? [5, 5] : []);
    c.beginPath();
    c.moveTo(x1, y1);
    c.lineTo(x2, y2);
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    if (down) cross(c, x, y, 7, p.bad);
    const length = Math.hypot(x2 - x1, y2 - y1);
    const label = [link.latency >= 5e6 ? durationText(link.latency) : '', link.loss ? `loses ${link.loss / 1e4} %` : '', change && change !== 'up' && !down ? change : ''].filter(Boolean).join(', ');
    if (label && (folding.folds.length < 12 || down) && length > 90 * Math.min(1, view.scale * 1.4)) pill(c, label, x, y - (down ? 14 : 0), p.paper, link.loss || change ? p.bad : p.muted, '', 10.5);
  }
}

const pair = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function drawHost(c: CanvasRenderingContext2D, scene: MapScene, host: Host, p: Palette, [x, y]: [number, number], view: View): void {
  const r = radiusOf(host, view);
  const state = scene.world.hosts[host.place]!;
  const active = scene.active.has(host.place);
  const color = colorOf(host, p);
  outline(c, SHAPE[host.role], x, y, r);
  c.fillStyle = state.up ? p.raised : p.ground;
  c.fill();
  c.lineWidth = active ? 3 : 1.8;
  c.strokeStyle = state.up ? color : p.bad;
  if (!state.up) c.setLineDash([4, 3]);
  c.stroke();
  c.setLineDash([]);
  if (scene.selected === host.place) {
    c.beginPath();
    c.arc(x, y, r * 1.42, 0, 7);
    c.strokeStyle = p.accent;
    c.lineWidth = 2;
    c.setLineDash([4, 3]);
    c.stroke();
    c.setLineDash([]);
  }
  drawIcon(c, host, x, y, r * 1.15, color);
  if (!state.up) cross(c, x, y, r * 0.7, p.bad);
  if (host.role !== 'router' || view.scale > 0.75) drawName(c, host, x, y + r + 4, active, p, view);
  drawBadges(c, scene, host, x, y, r, p);
}

// An organisation in one place.
function drawFold(c: CanvasRenderingContext2D, scene: MapScene, fold: Fold, p: Palette, [x, y]: [number, number], room: number): void {
  const active = fold.hosts.some((host) => scene.active.has(host));
  const sum = sumOf(fold, scene.world);
  const tight = room < 40;
  c.font = `${active ? '700' : '600'} ${tight ? 9 : 11}px system-ui, sans-serif`;
  const own = visible(fold.organisation, 40);
  const fits = c.measureText(own).width <= room - 6;
  // Where there is no room for "d18.com", "d18" tells it as well.
  const text = fits ? own : fitted(c, own.slice(0, Math.max(1, own.lastIndexOf('.'))), Math.max(tight ? 14 : 30, room - (tight ? 4 : 6)));
  const width = Math.max(tight ? 18 : 34, Math.min(tight ? room - 2 : room, c.measureText(text).width + (tight ? 6 : 14)));
  c.beginPath();
  c.roundRect(x - width / 2, y - 12, width, 24, 8);
  c.fillStyle = active ? p.accentSoft : p.raised;
  c.fill();
  c.lineWidth = active ? 2.5 : 1.2;
  c.strokeStyle = sum.down ? p.bad : active ? p.accent : p.strong;
  c.stroke();
  c.fillStyle = p.ink;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(text, x, y + 0.5);
  if (sum.waiting) pill(c, `${sum.waiting} waiting`, x, y - 19, p.accent, p.onAccent, '600', 9.5);
  if (sum.mails) pill(c, `✓ ${sum.mails}`, x, y + 19, p.good, p.paper, '600', 9.5);
  if (sum.down) cross(c, x + width / 2, y - 10, 5, p.bad);
}

function colorOf(host: Host, p: Palette): string {
  if (host.role === 'dns' || host.role === 'resolver') return p.dns;
  if (host.role === 'client') return p.read;
  return host.role === 'router' ? p.muted : p.accent;
}

function drawIcon(c: CanvasRenderingContext2D, host: Host, x: number, y: number, size: number, color: string): void {
  const name: keyof typeof ICON = /phone/.test(host.name) ? 'phone' : host.role === 'router' && !host.organisation ? 'internet' : host.role;
  c.save();
  c.translate(x - size / 2, y - size / 2);
  c.scale(size / 24, size / 24);
  c.strokeStyle = color;
  c.lineWidth = 1.9;
  c.stroke(iconPath(name));
  c.restore();
}

function drawName(c: CanvasRenderingContext2D, host: Host, x: number, y: number, active: boolean, p: Palette, view: View): void {
  const own = host.organisation && host.name.endsWith(`.${host.organisation}`) ? host.name.slice(0, -host.organisation.length - 1) : host.name;
  c.font = `${active ? '700' : '500'} ${view.scale < 0.6 ? 10.5 : 12}px system-ui, sans-serif`;
  c.textAlign = 'center';
  c.textBaseline = 'top';
  c.lineWidth = 3;
  c.strokeStyle = host.organisation ? p.ground : p.paper;
  const text = fitted(c, visible(own, 60), 150);
  c.strokeText(text, x, y);
  c.fillStyle = active ? p.ink : p.muted;
  c.fillText(text, x, y);
}

// At the upper right what waits in the queue, at the lower right what lies in mailboxes, at the upper left open dialogues.
function drawBadges(c: CanvasRenderingContext2D, { world }: MapScene, host: Host, x: number, y: number, r: number, p: Palette): void {
  const state = world.hosts[host.place]!;
  const waiting = state.queue.size + state.outbox.size;
  if (waiting) badge(c, x + r * 0.95, y - r * 0.95, waiting, p, [...state.queue.values()].some((entry) => entry.queue === 'deferred') ? p.wait : p.accent);
  let mails = state.copies.size;
  for (const box of state.mailboxes.values()) mails += box.mails.length;
  if (mails) badge(c, x + r * 1.0, y + r * 0.75, mails, p, p.good);
  if (state.sessions.size) {
    c.beginPath();
    c.arc(x - r * 0.95, y - r * 0.85, 7, 0, 7);
    c.fillStyle = p.ink;
    c.fill();
    c.fillStyle = p.paper;
    c.font = '700 10px system-ui, sans-serif';
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.fillText(String(state.sessions.size), x - r * 0.95, y - r * 0.85 + 0.5);
  }
}

function badge(c: CanvasRenderingContext2D, x: number, y: number, count: number, p: Palette, ink: string): void {
  envelope(c, x, y, 15, p.paper, ink);
  if (count === 1) return;
  pill(c, count > 999 ? '999+' : String(count), x + 13, y - 8, ink, p.paper, '700', 10);
}

function drawFlight(c: CanvasRenderingContext2D, flight: Flight, scene: MapScene, p: Palette, point: (host: number) => [number, number]): Spot[] {
  if (flight.way.length < 2) return [];
  const progress = flight.current ? Math.max(flight.progress, scene.pulse) : flight.progress;
  const lost = flight.arrow.lost;
  const [x, y] = along(flight.way.map(point), lost ? Math.min(progress, 0.55) : progress);
  const color = lost ? p.bad : flight.arrow.kind === 'dns' ? p.dns : p.accent;
  if (flight.arrow.kind === 'mail') envelope(c, x, y, flight.current ? 26 : 20, p.mark, p.ink);
  else {
    c.beginPath();
    c.arc(x, y, flight.current ? 8 : 5, 0, 7);
    c.fillStyle = color;
    c.fill();
    c.lineWidth = 2;
    c.strokeStyle = p.paper;
    c.stroke();
  }
  if (lost && progress >= 0.55) cross(c, x, y, 9, p.bad);
  if (flight.current) {
    c.font = '600 12px ui-monospace, monospace';
    const text = fitted(c, visible(flight.label, 200), 330);
    pill(c, text, x, y - 26, p.ink, p.paper, '600', 12, 'ui-monospace, monospace');
  }
  return [{ x, y, flight }];
}

// The point at a part of the way, by its length.
function along(points: [number, number][], part: number): [number, number] {
  const lengths = points.slice(1).map(([x, y], at) => Math.hypot(x - points[at]![0], y - points[at]![1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) * part;
  for (let at = 0; at < lengths.length; at++) {
    if (left <= lengths[at]! || at === lengths.length - 1) {
      const inside = lengths[at]! ? Math.min(1, left / lengths[at]!) : 1;
      return [points[at]![0] + (points[at + 1]![0] - points[at]![0]) * inside, points[at]![1] + (points[at + 1]![1] - points[at]![1]) * inside];
    }
    left -= lengths[at]!;
  }
  return points[0]!;
}

export function cross(c: CanvasRenderingContext2D, x: number, y: number, r: number, color: string): void {
  c.strokeStyle = color;
  c.lineWidth = 3;
  c.beginPath();
  c.moveTo(x - r, y - r);
  c.lineTo(x + r, y + r);
  c.moveTo(x + r, y - r);
  c.lineTo(x - r, y + r);
  c.stroke();
}

export function pill(c: CanvasRenderingContext2D, text: string, x: number, y: number, paper: string, ink: string, weight = '', size = 11, family = 'system-ui, sans-serif'): void {
  c.font = `${weight} ${size}px ${family}`.trim();
  const width = c.measureText(text).width + 10;
  const canvas = c.canvas.clientWidth || Infinity;
  const left = Math.max(2, Math.min(x - width / 2, canvas - width - 2));
  c.beginPath();
  c.roundRect(left, y - size * 0.8, width, size * 1.6, size * 0.5);
  c.fillStyle = paper;
  c.fill();
  c.fillStyle = ink;
  c.textAlign = 'left';
  c.textBaseline = 'middle';
  c.fillText(text, left + 5, y + 0.5);
}
