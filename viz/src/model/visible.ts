// Text of strangers, made safe to look at: what would be invisible or would turn the line around is shown by its code point.

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
export const LENGTH_MAX = 20_000;

export function visible(text: string, max = LENGTH_MAX): string {
  const shown = text.length > max ? `${text.slice(0, max)} … (${text.length - max} characters more)` : text;
  return shown
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (character) => (character === '\r' ? '⟨CR⟩' : `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`));
}
