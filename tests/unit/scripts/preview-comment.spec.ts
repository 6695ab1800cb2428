import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { commentBody, fenced, postPlan, shownPlan } from "../../../scripts/preview-comment.cjs";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const RUN_URL = "https://github.com/acme/app/actions/runs/7";
const PAGES =
  "The run keeps a page to look at for each stack as plan-pages, made by that code as well.";
const MARKER = "<!-- eks-db-secrets: offline plan -->";

const body = (plan: string | undefined) =>
  commentBody({ plan, headSha: SHA, conclusion: "success", runUrl: RUN_URL });

describe("the plan in a comment", () => {
  it("stands in a code block, with the commit and the run around it", () => {
    assert.equal(
      body("stack dev\n  12 resources\n"),
      [
        MARKER,
        "### Offline plan of 0123456789ab",
        "",
        `The [workflow run](${RUN_URL}) ended with **success**. The plan was made by the pull ` +
          "request's own code: it says what that code wants to show.",
        "",
        "<details><summary>Plan</summary>",
        "",
        "```text",
        "stack dev",
        "  12 resources",
        "```",
        "",
        "</details>",
        "",
        PAGES,
      ].join("\n"),
    );
  });

  it("begins with its summary, which is not folded", () => {
    const [, shown] = body("dev  12 resources\n\n\nPlan of stack dev\n\nResources\n").split(
      "it says what that code wants to show.\n\n",
    );
    assert.equal(
      shown,
      [
        ...["```text", "dev  12 resources", "```", ""],
        ...["<details><summary>Plan</summary>", ""],
        ...["```text", "Plan of stack dev", "", "Resources", "```", ""],
        ...["</details>", "", PAGES],
      ].join("\n"),
    );
  });

  it("has no summary where that would be long", () => {
    const long = `${"x".repeat(4_001)}\n\nPlan`;
    assert.ok(body(long).includes(`<details><summary>Plan</summary>\n\n\`\`\`text\n${long}\n`));
    const short = long.slice(1);
    assert.ok(body(short).includes("<details><summary>Plan</summary>\n\n```text\nPlan\n"));
  });

  it("is replaced by a sentence where there is none", () => {
    assert.equal(body(undefined).split("\n").at(-1), "There is no plan to show; see the run.");
  });

  it("cannot end its code block, whatever backticks it brings", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("`", "\n", "a", "~"), maxLength: 300 }),
        (text) => {
          const lines = fenced(text).split("\n");
          const fence = /^`+/.exec(lines[0] ?? "")?.[0] ?? "";
          assert.ok(fence.length >= 3);
          assert.equal(lines.at(-1), fence);
          assert.ok(lines.slice(1, -1).every((line) => !line.includes(fence)));
        },
      ),
    );
  });

  it("fits into a comment, whatever it holds", () => {
    for (const plan of [
      "x\n".repeat(500_000),
      "`".repeat(200_000),
      "😀".repeat(100_000),
      "` ".repeat(99_999),
    ]) {
      assert.ok(body(plan).length < 65_536);
    }
  });

  it("is cut at the end of a line, and says so", () => {
    const line = `${"x".repeat(99)}\n`;
    const { text, cut } = shownPlan(line.repeat(700));
    assert.deepEqual([text.length, cut], [59_999, true]);
    assert.match(body(line.repeat(700)), /\n\nThe plan is longer than a comment may be/);
  });

  it("is not cut in the middle of a character", () => {
    assert.equal(shownPlan(`x${"😀".repeat(40_000)}`).text, `x${"😀".repeat(29_999)}`);
  });

  it("is whole up to the limit", () => {
    assert.deepEqual(shownPlan("x".repeat(60_000)), { text: "x".repeat(60_000), cut: false });
  });

  for (const [what, raw, shown] of [
    ["colours", "\u001b[1;31mred\u001b[0m", "red"],
    ["terminal links", "\u001b]8;;https://evil.example\u0007text\u001b]8;;\u0007", "text"],
    ["carriage returns", "good\rbad\r\nend", "good\nbad\nend"],
    ["reversed text", "a\u202eb\u2066c", "abc"],
    ["invisible characters", "a\u200b\u00ad\ufeff\u{e0041}b", "ab"],
    ["control characters", "a\u0000\u0008\u007f\u0085b", "ab"],
    ["line separators", "a\u2028b\u2029c", "abc"],
    ["lone surrogates", "a\ud800b", "ab"],
  ] as const) {
    it(`shows nothing of ${what}`, () => assert.equal(shownPlan(raw).text, shown));
  }

  it("keeps tabs, letters of all languages and emoji", () => {
    const text = "a\tb ü 漢字 ✔ 😀\n  c";
    assert.deepEqual(shownPlan(text), { text, cut: false });
  });
});

interface Call {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface World {
  readonly run?: object;
  readonly pulls?: readonly object[];
  readonly artifacts?: readonly object[];
  readonly download?: unknown;
  readonly comments?: readonly object[];
}

const FORK = { id: 42, owner: { login: "stranger" } };
const pull = { number: 12, head: { sha: SHA, repo: { id: 42 } } };
const artifact = { id: 5, name: "plan.txt", size_in_bytes: 100, expired: false };

/** Lets `postPlan` work on a stand-in for GitHub and returns what it asked for and said. */
async function post(world: World) {
  const calls: Call[] = [];
  const info: string[] = [];
  const answer =
    (name: string, data: unknown) => (parameters: Readonly<Record<string, unknown>>) => {
      calls.push({ name, parameters });
      return Promise.resolve({ data });
    };
  const listComments = answer("listComments", world.comments ?? []);
  const github = {
    rest: {
      pulls: { list: answer("pulls", world.pulls ?? [pull]) },
      actions: {
        listWorkflowRunArtifacts: answer("artifacts", { artifacts: world.artifacts ?? [artifact] }),
        downloadArtifact: answer("download", world.download ?? Buffer.from("the plan")),
      },
      issues: {
        listComments,
        createComment: answer("create", {}),
        updateComment: answer("update", {}),
      },
    },
    paginate: async (list: typeof listComments, parameters: Readonly<Record<string, unknown>>) =>
      (await list(parameters)).data,
  };
  const context = {
    repo: { owner: "acme", repo: "app" },
    payload: {
      repository: { default_branch: "main" },
      workflow_run: {
        id: 7,
        event: "pull_request",
        conclusion: "success",
        head_sha: SHA,
        head_branch: "fix",
        head_repository: FORK,
        html_url: RUN_URL,
        ...world.run,
      },
    },
  };
  await postPlan({ github, context, core: { info: (message) => info.push(message) } });
  return { calls, info };
}

const names = ({ calls }: { calls: readonly Call[] }) => calls.map(({ name }) => name);

describe("posting the plan", () => {
  it("asks the API for the pull request and the plan, then comments", async () => {
    const { calls } = await post({});
    const repository = { owner: "acme", repo: "app" };
    assert.deepEqual(calls, [
      {
        name: "pulls",
        parameters: {
          ...repository,
          state: "open",
          head: "stranger:fix",
          base: "main",
          per_page: 100,
        },
      },
      {
        name: "artifacts",
        parameters: { ...repository, run_id: 7, name: "plan.txt", per_page: 100 },
      },
      {
        name: "download",
        parameters: { ...repository, artifact_id: 5, archive_format: "zip" },
      },
      { name: "listComments", parameters: { ...repository, issue_number: 12, per_page: 100 } },
      {
        name: "create",
        parameters: { ...repository, issue_number: 12, body: body("the plan") },
      },
    ]);
  });

  it("replaces its own earlier comment", async () => {
    const { calls } = await post({
      comments: [
        { id: 1, user: { login: "stranger" }, body: `${MARKER} look here` },
        { id: 2, user: { login: "github-actions[bot]" }, body: "another workflow" },
        { id: 3, user: { login: "github-actions[bot]" }, body: `${MARKER}\nold` },
      ],
    });
    assert.deepEqual(calls.at(-1), {
      name: "update",
      parameters: { owner: "acme", repo: "app", comment_id: 3, body: body("the plan") },
    });
  });

  it("takes a plan that the client has already decoded", async () => {
    const { calls } = await post({ download: "the plan" });
    assert.equal(calls.at(-1)?.parameters.body, body("the plan"));
  });

  it("takes the newest plan of a repeated run", async () => {
    const { calls } = await post({
      artifacts: [artifact, { ...artifact, id: 9 }, { ...artifact, id: 10, expired: true }],
    });
    assert.equal(calls.find(({ name }) => name === "download")?.parameters.artifact_id, 9);
  });

  it("does not download what is too large", async () => {
    const result = await post({ artifacts: [{ ...artifact, size_in_bytes: 1024 * 1024 + 1 }] });
    assert.deepEqual(names(result), ["pulls", "artifacts", "listComments", "create"]);
    assert.equal(result.calls.at(-1)?.parameters.body, body(undefined));
  });

  it("says so where a failed run left no plan", async () => {
    const { calls } = await post({ run: { conclusion: "failure" }, artifacts: [] });
    assert.match(
      String(calls.at(-1)?.parameters.body),
      /ended with \*\*failure\*\*.*\n\nThere is no/s,
    );
  });

  for (const [what, pulls] of [
    ["has moved on", [{ ...pull, head: { ...pull.head, sha: "f".repeat(40) } }]],
    ["comes from another repository", [{ ...pull, head: { ...pull.head, repo: { id: 43 } } }]],
    ["has lost its repository", [{ ...pull, head: { ...pull.head, repo: null } }]],
    ["is closed", []],
  ] as const) {
    it(`stays silent when the pull request ${what}`, async () => {
      const result = await post({ pulls });
      assert.deepEqual(names(result), ["pulls"]);
      assert.deepEqual(result.info, [
        `no open pull request has ${SHA} as its head; a newer commit has its own run`,
      ]);
    });
  }

  it("stays silent when the fork is gone", async () => {
    assert.deepEqual(names(await post({ run: { head_repository: null } })), []);
  });

  for (const run of [
    { event: "push" },
    { event: "pull_request_target" },
    { conclusion: "cancelled" },
    { conclusion: "action_required" },
    { conclusion: "skipped" },
  ]) {
    it(`stays silent for a run with ${JSON.stringify(run)}`, async () => {
      assert.deepEqual(names(await post({ run })), []);
    });
  }
});
