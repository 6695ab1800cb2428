import { sayOnStderr } from "../engine/progress";
import { type AppState, appStates, appsTable } from "./apps";
import { display } from "./display";
import { openSession } from "./session";

/** `local:up`: makes the stack, or brings it up to date, and shows how each app connects. */
export async function up(stackName: string): Promise<void> {
  const { stack, cloud, machine, close } = await openSession(stackName);
  try {
    const { summary } = await stack.up(display());
    const changed = Object.keys(summary.resourceChanges ?? {}).some((kind) => kind !== "same");
    if (!changed) sayOnStderr("Nothing changed.\n");
    const states = await appStates(machine, cloud.store);
    process.stdout.write(`\n${appsTable(states)}\n${nextSteps(stackName, states)}`);
  } finally {
    close();
  }
}

function nextSteps(stack: string, states: readonly AppState[]): string {
  const options = stack === "local" ? "" : ` --stack ${stack}`;
  const [first] = states.map((state) => ("pod" in state ? state.pod.name : state.name));
  return [
    "Next:",
    `  npm run local:psql --${options} ${first ?? "APP"} -c 'select version()'`,
    `  npm run local:status${options && ` --${options}`}`,
    `  npm run local:down${options && ` --${options}`}`,
    "",
  ].join("\n");
}
