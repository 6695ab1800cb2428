export function childrenUserSeconds(): number;
export function childrenTimeIn(stat: string): number;
