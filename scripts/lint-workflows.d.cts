/** What is wrong with a workflow, as `FILE:LINE: MESSAGE`. */
export function findingsIn(file: string, text: string): Promise<string[]>;
