import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { environment, type Engine } from "../../local/engine/engine";
import type { CommandLine } from "../../local/engine/terminal";
import { unwrapSecrets } from "../../preflight/simulation/wire/envelopes";
import { cliThatRuns, inSandbox, type Program, STACK, theCli } from "./support/harness";
import { chainOf, KUBECONFIG } from "./support/program";

const CONFIGURED = "canary-of-the-stack-configuration";

/**
 * The chain, with a secret of the configuration that goes into an output as well, and into an input that
 * Kubernetes gives back.
 */
const withConfiguredSecret: Program = () => {
  const token = new pulumi.Config().requireSecret("token");
  const provider = new kubernetes.Provider("annotated", { kubeconfig: KUBECONFIG });
  const metadata = { annotations: { token } };
  new kubernetes.core.v1.Namespace("annotated", { metadata }, { provider });
  return { ...chainOf()(), token };
};

/** The same mistake as a forgotten `secret()`: the password in plain text, in an output. */
const withPlantedLeak: Program = () => {
  const planted = new random.RandomPassword("planted", { length: 24 });
  return { leak: pulumi.unsecret(planted.result) };
};

/** What the engine let out, by place, and the secrets that must not be in it. */
interface Exposed {
  readonly places: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

async function exposedBy(program: Program): Promise<Exposed> {
  let exposed: Exposed = { places: {}, secrets: [] };
  await inSandbox(async ({ open, folder }) => {
    const { cli, asJson } = await withJsonOnDemand();
    const engine = await open(program, { cli });
    const { stack } = engine;
    await stack.setConfig("token", { value: CONFIGURED, secret: true });
    const printed: string[] = [];
    const onOutput = (text: string) => void printed.push(text);
    await stack.preview({ onOutput, diff: true });
    await stack.up({ onOutput });
    await stack.preview({ onOutput, diff: true });
    exposed = {
      places: {
        display: printed.join(""),
        "preview --json": await asJson(async () => (await stack.preview()).stdout),
        "stack export": await exported(folder),
        "stack history": await history(engine),
        ...filesUnder(folder),
      },
      secrets: [CONFIGURED, ...generatedIn(engine)],
    };
  });
  return exposed;
}

const leaksIn = ({ places, secrets }: Exposed): readonly string[] =>
  Object.entries(places)
    .filter(([, text]) =>
      secrets.some(
        (secret) => text.includes(secret) || text.includes(Buffer.from(secret).toString("base64")),
      ),
    )
    .map(([place]) => place);

describe("secrets on the real engine", () => {
  it("appear nowhere in state, backend, history, display or previews", async () => {
    const exposed = await exposedBy(withConfiguredSecret);
    assert.equal(exposed.secrets.length, 2);
    assert.ok(Object.keys(exposed.places).some((place) => place.includes("/stacks/")));
    assert.match(exposed.places["preview --json"] ?? "", /"steps"/);
    assert.match(exposed.places["stack export"] ?? "", /"ciphertext"/);
    assert.deepEqual(leaksIn(exposed), []);
  });

  it("are found where a program lets one out", async () => {
    const leaks = leaksIn(await exposedBy(withPlantedLeak));
    assert.ok(leaks.includes("stack export"));
    assert.ok(leaks.includes("display"));
  });
});

/** The CLI, with `--json` for the previews inside `asJson`: the Automation API has no option for it. */
async function withJsonOnDemand() {
  let json = false;
  const cli = await cliThatRuns(
    (own) =>
      (args, ...rest) =>
        own(json && args[0] === "preview" ? [...args, "--json"] : args, ...rest),
  );
  return {
    cli,
    asJson: async (work: () => Promise<string>): Promise<string> => {
      json = true;
      return work().finally(() => (json = false));
    },
  };
}

/** `exportStack` of the Automation API decrypts: the command as a user types it does not. */
async function exported(folder: string): Promise<string> {
  const cli = (await theCli()) as unknown as CommandLine;
  const args = ["stack", "export", "--stack", STACK];
  const { stdout } = await cli.run(
    args,
    path.join(folder, "workspace"),
    environment(folder, STACK, ""),
  );
  return stdout;
}

const history = async ({ stack }: Engine): Promise<string> =>
  JSON.stringify(await stack.history(undefined, undefined, false));

function filesUnder(folder: string): Record<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [path.relative(folder, file), fs.readFileSync(file, "utf8")]),
  );
}

function generatedIn({ cloud }: Engine): readonly string[] {
  return cloud.store
    .all("random:index/randomPassword:RandomPassword")
    .map(({ outputs }) => String((unwrapSecrets(outputs) as { result: string }).result));
}
