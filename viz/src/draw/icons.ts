// Icons of hosts, as paths in a box of 24 by 24; each role has a shape of its own around it.
import type { Role } from '../model/names';

export type Shape = 'square' | 'hexagon' | 'house' | 'diamond' | 'disc' | 'cloud';

export const SHAPE: Record<Role, Shape> = {
  client: 'square',
  mta: 'hexagon',
  mailbox: 'house',
  dns: 'diamond',
  resolver: 'disc',
  router: 'disc',
  host: 'square',
};

// Drawn as strokes.
export const ICON: Record<Role | 'phone' | 'internet', string> = {
  client: 'M5 6h14v9H5z M3 18h18',
  phone: 'M8 3h8v18H8z M11 18h2',
  mta: 'M4 7h16v11H4z M4 7l8 6 8-6',
  mailbox: 'M4 12l3-7h10l3 7v7H4z M4 12h5l1.5 2.5h3L15 12h5',
  dns: 'M12 3a9 9 0 1 0 0 18 9 9 0 1 0 0-18z M3 12h18 M12 3c-5 5-5 13 0 18 M12 3c5 5 5 13 0 18',
  resolver: 'M10 4a6 6 0 1 0 0 12 6 6 0 1 0 0-12z M14.5 14.5L20 20',
  router: 'M4 9h14l-3-3 M20 15H6l3 3',
  internet: 'M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.5-1.5A4.5 4.5 0 0 1 17 18z',
  host: 'M5 5h14v14H5z',
};

const cache = new Map<string, Path2D>();

export function iconPath(name: keyof typeof ICON): Path2D {
  let path = cache.get(name);
  if (!path) cache.set(name, (path = new Path2D(ICON[name])));
  return path;
}

// The outline of a role around a point.
export function outline(c: CanvasRenderingContext2D, shape: Shape, x: number, y: number, r: number): void {
  c.beginPath();
  if (shape === 'disc') {
    c.arc(x, y, r, 0, Math.PI * 2);
  } else if (shape === 'square') {
    c.roundRect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84, r * 0.3);
  } else if (shape === 'house') {
    c.moveTo(x - r * 0.95, y + r * 0.9);
    c.lineTo(x - r * 0.95, y - r * 0.2);
    c.arcTo(x - r * 0.95, y - r * 1.05, x, y - r * 1.05, r * 0.85);
    c.arcTo(x + r * 0.95, y - r * 1.05, x + r * 0.95, y - r * 0.2, r * 0.85);
    c.lineTo(x + r * 0.95, y + r * 0.9);
  } else {
    const corners = shape === 'hexagon' ? 6 : 4;
    const size = shape === 'hexagon' ? r * 1.08 : r * 1.2;
    for (let corner = 0; corner < corners; corner++) {
      const angle = (Math.PI * 2 * corner) / corners + (shape === 'hexagon' ? Math.PI / 6 : 0);
      c.lineTo(x + size * Math.sin(angle), y - size * Math.cos(angle));
    }
  }
  c.closePath();
}

// An envelope around a point, open or closed.
export function envelope(c: CanvasRenderingContext2D, x: number, y: number, size: number, paper: string, ink: string): void {
  const w = size * 1.3;
  const h = size * 0.9;
  c.beginPath();
  c.roundRect(x - w / 2, y - h / 2, w, h, 2);
  c.fillStyle = paper;
  c.fill();
  c.strokeStyle = ink;
  c.lineWidth = 1.8;
  c.stroke();
  c.beginPath();
  c.moveTo(x - w / 2 + 1, y - h / 2 + 1.5);
  c.lineTo(x, y + h * 0.12);
  c.lineTo(x + w / 2 - 1, y - h / 2 + 1.5);
  c.stroke();
}
