import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { PostgresServer } from "../../local/database/server";
import { CONNECTED, inCheckout } from "./support/checkout";

describe("the local commands", () => {
  it("create a stack, show it, and remove all of it", async () => {
    await inCheckout(async ({ run, leftovers, folder }) => {
      const preview = await run("local:preview");
      assert.equal(preview.code, 0, preview.stderr);
      assert.match(preview.stdout, /rds:Instance +orders-instance +create/);

      const first = await run("local:up");
      assert.equal(first.code, 0, first.stderr);
      assert.match(first.stdout, CONNECTED);
      assert.match(first.stdout, /^ +\/mnt\/secrets-store\/secret\.json$/m);

      const second = await run("local:up");
      assert.equal(second.code, 0, second.stderr);
      assert.match(second.stdout + second.stderr, /Nothing changed\./);

      const status = await run("local:status");
      assert.equal(status.code, 0, status.stderr);
      assert.match(status.stdout, CONNECTED);
      assert.match(status.stdout, /^last update {2}update succeeded, \S+Z$/m);
      assert.match(status.stdout, /^database +orders-\w+ at 127\.0\.0\.1:\d+, running$/m);

      const psql = await run("local:psql", "orders", "-c", "select 6 * 7 as answer");
      assert.deepEqual(psql, { code: 0, stdout: "answer\n42\n", stderr: "" });

      const only = await run("local:psql", "-c", "select null, now() is null as never");
      assert.deepEqual(only, { code: 0, stdout: "?column?\tnever\n\tf\n", stderr: "" });

      const wrong = await run("local:psql", "orders", "-c", "selec");
      const marked = 'error: syntax error at or near "selec"\nLINE 1: selec\n        ^\n';
      assert.deepEqual(wrong, { code: 1, stdout: "", stderr: marked });

      const logs = await run("local:logs", "--lines", "100");
      assert.equal(logs.code, 0, logs.stderr);
      assert.match(
        logs.stdout,
        /^pods of orders\/orders\n {2}\S+Z {2}Normal {3}Ready {2}connected to PostgreSQL .*\n\ndatabase\n/s,
      );
      assert.match(logs.stdout, /database system is ready to accept connections/);

      const down = await run("local:down");
      assert.equal(down.code, 0, down.stderr);
      assert.match(down.stderr, /: nothing of the local stack 'local' is left\.$/m);
      assert.deepEqual(leftovers(), []);
      assert.ok(!fs.existsSync(path.join(folder, ".local")));
    });
  });

  it("rotate an app's credentials, and drill it, and end", async () => {
    await inCheckout(async ({ run, leftovers }) => {
      const stack = ["--stack", "local-rotation"] as const;
      const up = await run("local:up", ...stack);
      assert.equal(up.code, 0, up.stderr);
      assert.equal(up.stdout.match(new RegExp(CONNECTED, "g"))?.length, 2);

      const rotated = await run("local:rotate", "--now");
      assert.equal(rotated.code, 0, rotated.stderr);
      assert.deepEqual(
        [...rotated.stdout.matchAll(/^ {2}(\w+) +(?:\d|(?:[^:\n]*: )?(orders\w*))/gm)].map(
          ([, what, user]) => [what, user],
        ),
        [
          ["before", "orders"],
          ...["createSecret", "setSecret", "testSecret", "finishSecret"].map((step) => [
            step,
            undefined,
          ]),
          ["current", "orders_clone"],
          ["files", "orders"],
          ["files", "orders_clone"],
        ],
      );

      const drill = ["local:drill", ...stack, "reports", "--rotations", "2", "--lag"] as const;
      const passed = await run(...drill, "0.3");
      assert.equal(passed.code, 0, passed.stdout + passed.stderr);
      assert.match(passed.stdout, /^rotations {4}2 of 2$/m);
      assert.match(passed.stdout, /^locked out {3}no$/m);
      const failed = await run(...drill, "1", "--single-user");
      assert.equal(failed.code, 1, failed.stderr);
      assert.match(failed.stdout, /^first error {2}.*password authentication failed/m);
      const both = await run(...drill, "1", "--single-user", "--kill", "setSecret");
      const refused = "error: --single-user uses no function: leave --kill out\n";
      assert.deepEqual(both, { code: 2, stdout: "", stderr: refused });

      const down = await run("local:down", ...stack);
      assert.equal(down.code, 0, down.stderr);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("say in one line what is wrong with what they are given", async () => {
    await inCheckout(async ({ run, leftovers, folder }) => {
      fs.writeFileSync(path.join(folder, "Pulumi.broken.yaml"), "config: {a: [\n");
      const sealed = "config: { eks-db-secrets:token: { secure: abc } }\n";
      fs.writeFileSync(path.join(folder, "Pulumi.sealed.yaml"), sealed);
      // Its settings are on another branch.
      fs.mkdirSync(path.join(folder, ".local/gone"), { recursive: true });
      const wrong = [
        [
          ["local:up", "--stack", "other"],
          /^error: no stack 'other'; there are: broken, local, local-many, local-rotation, sealed$/m,
        ],
        [
          ["local:status"],
          /^error: there is no local stack 'local'; make it with: npm run local:up$/m,
        ],
        [["local:psql", "orders"], /^error: there is no local stack 'local'/m],
        [["local:up", "--quick"], /^error: unknown option '--quick'$/m],
        [["local:logs", "orders", "-n", "few"], /^error: .*'few' is invalid/m],
        [["local:down", "--stack", "..", "--force"], /^error: .*'\.\.' is invalid/m],
        [["local:up", "--stack", "broken"], /^error: Pulumi\.broken\.yaml, line 2: /m],
        [["local:up", "--stack", "sealed"], /^error: Pulumi\.sealed\.yaml holds encrypted/m],
        [
          ["local:down", "--stack", "gone"],
          /^error: no stack 'gone'; .* is removed by: .* --force$/m,
        ],
      ] as const;
      for (const [[script, ...args], message] of wrong) {
        const { code, stdout, stderr } = await run(script, ...args);
        assert.match(stderr, message);
        assert.doesNotMatch(stderr, /^ {4}at /m);
        assert.deepEqual([code, stdout], [2, ""]);
      }
      assert.equal((await run("local:down", "--stack", "gone", "--force")).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("say which file of a stack is missing or damaged, and how to remove the stack", async () => {
    await inCheckout(async ({ run, folder }) => {
      const local = path.join(folder, ".local");
      const stack = path.join(local, "local");
      fs.writeFileSync(local, "");
      const says = async (script: string, text: string) => {
        const { code, stdout, stderr } = await run(script);
        assert.deepEqual(
          [code, stdout, stderr.startsWith(`error: ${text}`)],
          [1, "", true],
          stderr,
        );
        assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
      };
      await says("local:up", `${local} is no folder; move it away`);
      fs.rmSync(local);
      fs.mkdirSync(local);
      fs.writeFileSync(stack, "");
      await says("local:status", `${stack} is no folder; move it away`);
      fs.rmSync(stack);
      fs.mkdirSync(stack);
      const [cloud, key, state] = [
        "cloud.json",
        "cloud.key",
        "backend/.pulumi/stacks/eks-db-secrets/local.json",
      ].map((name) => path.join(stack, name)) as [string, string, string];
      fs.writeFileSync(cloud, "{");
      await says("local:up", `${key} is missing, and cloud.json cannot be decrypted without it; `);
      fs.writeFileSync(key, Buffer.alloc(32).toString("base64"));
      for (const script of ["local:up", "local:status", "local:down"]) {
        await says(
          script,
          `${cloud} does not hold a local cloud: it is not valid JSON; restore it, `,
        );
      }
      fs.rmSync(cloud);
      fs.mkdirSync(path.dirname(state), { recursive: true });
      const resources = [{ type: "aws:rds/instance:Instance", id: "orders" }];
      fs.writeFileSync(state, "{");
      await says(
        "local:up",
        `${state} does not hold the state of a stack: it is not valid JSON; restore it, `,
      );
      fs.writeFileSync(state, JSON.stringify({ checkpoint: { latest: { resources } } }));
      await says(
        "local:up",
        `${cloud} is missing, and the state has resources that are kept there; restore it, `,
      );
      assert.equal((await run("local:down", "--force")).code, 0);
      assert.ok(!fs.existsSync(local));
    });
  });

  it("do not take the user's own Pulumi, AWS, cluster and clients into account", async () => {
    const hostile = {
      AWS_REGION: "us-east-1",
      KUBECONFIG: "/nowhere",
      PGOPTIONS: "--nonsense",
      PULUMI_ACCESS_TOKEN: "none",
      PULUMI_BACKEND_URL: "s3://nowhere",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere",
      PULUMI_DEBUG_PROVIDERS: "aws:1",
      PULUMI_DIY_BACKEND_GZIP: "true",
      PULUMI_OPTION_TARGET: "urn:pulumi:none",
      PULUMI_PARALLEL: "none",
      PULUMI_STACK: "theirs",
    };
    const before = { ...process.env };
    Object.assign(process.env, hostile);
    try {
      await inCheckout(async ({ run, folder }) => {
        const up = await run("local:up");
        assert.equal(up.code, 0, up.stderr);
        assert.match(up.stdout, CONNECTED);
        const state = path.join(folder, ".local/local/backend/.pulumi/stacks/eks-db-secrets");
        assert.deepEqual(fs.readdirSync(state).sort(), ["local.json", "local.json.bak"]);
      });
    } finally {
      for (const name of Object.keys(hostile)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it("refuse to destroy a protected stack, and say how to remove it", async () => {
    await inCheckout(async ({ run, folder, leftovers }) => {
      const file = path.join(folder, "Pulumi.local.yaml");
      const settings = fs.readFileSync(file, "utf8");
      const kept = settings.replace(
        '{ version: "1.35"',
        '{ deletionProtection: true, version: "1.35"',
      );
      fs.writeFileSync(file, kept.replace("disposable", "protected"));
      assert.equal((await run("local:up")).code, 0);
      const refuses = async (said: RegExp) => {
        const { code, stdout, stderr } = await run("local:down");
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, said);
      };
      await refuses(
        /^error: the stack 'local' is protected \(.*orders-instance.*\): set 'lifecycle: disposable' .* and 'deletionProtection: false' .*--force\n$/,
      );
      fs.writeFileSync(file, kept);
      assert.equal((await run("local:up")).code, 0);
      await refuses(
        /^error: the stack 'local' is protected \([\w-]+\): set 'deletionProtection: false' .*--force\n$/,
      );
      fs.writeFileSync(file, settings);
      assert.equal((await run("local:up")).code, 0);
      assert.equal((await run("local:down")).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("continue with a warning where a database does not start", async () => {
    await inCheckout(async ({ run, folder, leftovers }) => {
      assert.equal((await run("local:up")).code, 0);
      const databases = path.join(folder, ".local/local/databases");
      const server = new PostgresServer(path.join(databases, fs.readdirSync(databases)[0] ?? ""));
      await server.stop();
      fs.rmSync(path.join(server.folder, "data/global/pg_control"));
      const warning = /^warning: not all databases start: /m;
      const gone = /cannot connect|Connection refused|ECONNREFUSED/;

      const status = await run("local:status");
      assert.equal(status.code, 1);
      assert.match(status.stderr, warning);
      assert.match(status.stdout, /^database +orders-\w+: it does not run$/m);
      assert.match(status.stdout, gone);

      const up = await run("local:up");
      assert.equal(up.code, 1);
      assert.match(up.stderr, warning);
      assert.match(up.stdout, gone);

      const down = await run("local:down");
      assert.equal(down.code, 0, down.stderr);
      assert.match(down.stderr, warning);
      assert.deepEqual(leftovers(), []);
    });
  });

  it("keep two stacks apart", async () => {
    await inCheckout(async ({ run, leftovers }) => {
      const [one, many] = await Promise.all([
        run("local:up"),
        run("local:up", "--stack", "local-many"),
      ]);
      assert.equal(one.code, 0, one.stderr);
      assert.equal(many.code, 0, many.stderr);
      assert.equal(many.stdout.match(new RegExp(CONNECTED, "g"))?.length, 20);

      assert.equal((await run("local:down", "--stack", "local-many")).code, 0);
      const status = await run("local:status");
      assert.match(status.stdout, CONNECTED);
      assert.equal((await run("local:down")).code, 0);
      assert.deepEqual(leftovers(), []);
    });
  });
});
