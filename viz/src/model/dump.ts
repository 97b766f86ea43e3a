// Octets as hexadecimal numbers and as characters, sixteen in a line.
const MAX = 2048;

export function dump(octets: string): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(octets.length, MAX); at += 16) {
    const part = [...octets.slice(at, at + 16)].map((octet) => octet.charCodeAt(0) & 0xff);
    const hex = part.map((code) => code.toString(16).padStart(2, '0')).join(' ');
    const text = part.map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${text}`);
  }
  if (octets.length > MAX) lines.push(`… (${octets.length - MAX} octets more)`);
  return lines.join('\n');
}
