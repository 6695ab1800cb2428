/** Pulumi's own progress display on this terminal. */
export function display() {
  const colour = process.stdout.isTTY && !process.env.NO_COLOR;
  return {
    onOutput: (text: string) => void process.stdout.write(text),
    color: colour ? ("always" as const) : ("never" as const),
  };
}
