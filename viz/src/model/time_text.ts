// Times and durations as text, as the narrative on the terminal writes them.

const MS = 1e6;
const S = 1e9;

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function trimmed(value: number, places: number): string {
  return value.toFixed(places).replace(/\.?0+$/, '');
}

// "235.949 ms", "01:00.631", "1:00:00.000", "2 d 03:00:00.000"
export function timeText(ns: number): string {
  if (ns < S) return `${trimmed(ns / MS, 3)} ms`;
  const ms = Math.floor(ns / MS);
  const s = Math.floor(ms / 1000);
  const tail = `${digits(Math.floor(s / 60) % 60, 2)}:${digits(s % 60, 2)}.${digits(ms % 1000, 3)}`;
  const hours = Math.floor(s / 3600);
  if (hours < 1) return tail;
  if (hours < 24) return `${hours}:${tail}`;
  return `${Math.floor(hours / 24)} d ${digits(hours % 24, 2)}:${tail}`;
}

// "12.2 ms", "29 min 58 s", "1 h", "2 d 3 h"
export function durationText(ns: number): string {
  if (ns < 1000) return `${Math.round(ns)} ns`;
  if (ns < MS) return `${trimmed(ns / 1000, 1)} µs`;
  if (ns < S) return `${trimmed(ns / MS, ns < 10 * MS ? 2 : ns < 100 * MS ? 1 : 0)} ms`;
  if (ns < 60 * S) return `${trimmed(ns / S, 2)} s`;
  const s = Math.round(ns / S);
  const parts: [number, string][] = [
    [Math.floor(s / 86400), 'd'],
    [Math.floor(s / 3600) % 24, 'h'],
    [Math.floor(s / 60) % 60, 'min'],
    [s % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

// "Monday, 5 January 2026, 09:00:00 UTC"
export function wallText(epoch: number, ns: number): string {
  const date = new Date(epoch * 1000 + ns / MS);
  if (Number.isNaN(date.getTime())) return '';
  const day = date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${day}, ${date.toISOString().slice(11, 19)} UTC`;
}

export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
