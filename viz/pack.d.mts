export function pack(page: string): string;
export function programOf(page: string): string;
