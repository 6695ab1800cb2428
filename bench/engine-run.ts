// One command on the real engine with a local cloud and without databases, in a process of its own:
// `engine-run.ts FOLDER APPS preview|up [POLICY PACK]`. No apps are an empty program. What it saw goes to
// FOLDER/marks.json; what it used, its parent measures.
import { registerStackTransformation } from "@pulumi/pulumi/runtime";
import { findCli } from "../local/engine/cli";
import { openEngine } from "../local/engine/engine";
import { readProjectFile, runProgram } from "../local/engine/project";
import { withPolicyHost } from "../tests/engine/support/policy-host";
import { writeMarks } from "./marks";
import { stackSettings } from "./workspace";

/** Times since the program was started, in seconds. */
export interface Marks {
  readonly firstRegistrationSeconds: number;
  /** Until the program has declared everything; the engine works on. */
  readonly programSeconds: number;
  /** The stack's resources, those that did not change among them. */
  readonly resources: number;
}

async function main(args: readonly string[]): Promise<void> {
  const [folder = "", apps = "0", operation = "", ...policyPacks] = args;
  const { stack, close } = await openEngine({
    cli: await findCli(),
    folder,
    stack: "bench",
    project: readProjectFile(),
    settings: stackSettings(Number(apps)),
    program: () => Promise.resolve(apps === "0" ? {} : timed()),
  });
  let firstRegistrationSeconds = 0;
  let programSeconds = 0;
  try {
    const { changeSummary } = operation === "preview" ? await preview() : await up();
    const resources = Object.values(changeSummary).reduce((sum, count) => sum + count, 0);
    const marks: Marks = { firstRegistrationSeconds, programSeconds, resources };
    writeMarks(folder, marks);
  } finally {
    close();
  }

  async function preview() {
    if (policyPacks.length === 0) return stack.preview();
    return withPolicyHost(folder, () => stack.preview({ policyPacks: [...policyPacks] }));
  }

  async function up() {
    const { summary } = await stack.up();
    return { changeSummary: summary.resourceChanges ?? {} };
  }

  function timed(): Record<string, unknown> {
    const started = performance.now();
    const passed = (): number => (performance.now() - started) / 1000;
    registerStackTransformation(() => {
      firstRegistrationSeconds ||= passed();
      return undefined;
    });
    const outputs = runProgram();
    programSeconds = passed();
    return outputs;
  }
}

void main(process.argv.slice(2));
