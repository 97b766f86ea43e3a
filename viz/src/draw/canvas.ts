// A canvas that fits its box: sharp on every screen, redrawn when asked.

export interface Surface {
  context: CanvasRenderingContext2D;
  width: number; // CSS pixels
  height: number;
}

// Sizes the canvas to its box. Nothing where there is no room or no 2D drawing.
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): Surface | undefined {
  const context = canvas.getContext('2d');
  if (!context || width < 2 || height < 2) return undefined;
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const w = Math.round(width * ratio);
  const h = Math.round(height * ratio);
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

// Text cut to a width, with an ellipsis.
export function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (text.length > 200) text = text.slice(0, 200);
  if (context.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}
