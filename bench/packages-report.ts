import type { Usage } from "./measure";
import { median } from "./statistics";

/** Everything once, one after the other. */
export interface PackagesRound {
  /** Node.js that runs nothing, and that loads Pulumi's SDK. */
  readonly empty: Usage;
  readonly sdk: Usage;
  /** The plugin of other languages, until it can be asked. */
  readonly plugin: Usage;
  /** The doctor of the hand-written example, from the clone and from a project that installed it. */
  readonly clone: Usage;
  readonly installed: Usage;
  /** `doctor --state` of one stack and of many, with the page of them. */
  readonly oneStack: Usage;
  readonly allStacks: Usage;
  /** A first preview on the engine. */
  readonly preview: Usage;
  /** The same with a policy pack that does nothing. */
  readonly emptyPack: Usage;
  /** The same with the policy pack: its executable, and its folder by Pulumi's host of policy packs. */
  readonly judged: Usage;
  readonly hosted: Usage;
}

/** Highest user time of the plugin's start, in seconds, and highest ratios of the others. */
const TARGETS = { plugin: 1, installed: 1.2, judged: 1.1 } as const;

/** The rounds as Markdown: user time with its processes, ratios inside a round, and which targets are met. */
export function packagesReport(
  rounds: readonly PackagesRound[],
  { apps, stacks }: { readonly apps: number; readonly stacks: number },
): string {
  const user = (name: keyof PackagesRound): number =>
    median(rounds.map((round) => round[name].userSeconds));
  const ratio = (name: keyof PackagesRound, base: keyof PackagesRound): number =>
    median(rounds.map((round) => round[name].userSeconds / round[base].userSeconds));
  const row = (what: string, name: keyof PackagesRound, base: keyof PackagesRound): string =>
    `| ${what} | ${user(name).toFixed(2)} | ${ratio(name, base).toFixed(2)} |`;
  return [
    "| what | user s | ratio |",
    "| :-- | --: | --: |",
    row("start of the plugin ÷ Node.js that runs nothing", "plugin", "empty"),
    row("start of the plugin ÷ loading @pulumi/pulumi", "plugin", "sdk"),
    row("doctor of another project ÷ of the clone", "installed", "clone"),
    row(`doctor --state of ${stacks} stacks ÷ of one`, "allStacks", "oneStack"),
    row(
      `preview of ${apps} apps with a policy pack that does nothing ÷ without`,
      "emptyPack",
      "preview",
    ),
    row("the same with the policy pack's executable ÷ without", "judged", "preview"),
    row("the same with the policy pack's folder ÷ without", "hosted", "preview"),
    row("the policy pack's executable ÷ a policy pack that does nothing", "judged", "emptyPack"),
    "",
    target("The plugin starts within", TARGETS.plugin, user("plugin"), " s of user time"),
    target(
      "The installed doctor takes",
      TARGETS.installed,
      ratio("installed", "clone"),
      " × the clone's time",
    ),
    target(
      "The policy pack makes a preview",
      TARGETS.judged,
      ratio("judged", "preview"),
      " × as long",
    ),
  ].join("\n");
}

const target = (what: string, allowed: number, seen: number, unit: string): string =>
  `${what} ${allowed}${unit} at most: ${seen <= allowed ? "met" : "missed"} (${seen.toFixed(2)}).`;
