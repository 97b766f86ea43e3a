// The colours of the style sheet, for canvases.
export interface Palette {
  paper: string;
  ground: string;
  raised: string;
  ink: string;
  muted: string;
  line: string;
  strong: string;
  accent: string;
  accentSoft: string;
  onAccent: string;
  good: string;
  bad: string;
  wait: string;
  dns: string;
  read: string;
  mark: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const forced = matchMedia('(forced-colors: active)').matches;
  const get = (name: string, system: string): string => (forced ? system : style.getPropertyValue(name).trim());
  return {
    paper: get('--paper', 'Canvas'),
    ground: get('--ground', 'Canvas'),
    raised: get('--raised', 'Canvas'),
    ink: get('--ink', 'CanvasText'),
    muted: get('--muted', 'CanvasText'),
    line: get('--line', 'GrayText'),
    strong: get('--strong-line', 'CanvasText'),
    accent: get('--accent', 'Highlight'),
    accentSoft: get('--accent-soft', 'Canvas'),
    onAccent: get('--on-accent', 'HighlightText'),
    good: get('--good', 'CanvasText'),
    bad: get('--bad', 'CanvasText'),
    wait: get('--wait', 'CanvasText'),
    dns: get('--dns', 'CanvasText'),
    read: get('--read', 'CanvasText'),
    mark: get('--mark', 'Canvas'),
  };
}
