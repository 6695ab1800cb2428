// Posts the offline plan of a pull request as a comment. Runs in `.github/workflows/preview-comment.yml`
// with a token that may write to pull requests, on a plan that a stranger's code may have made:
// the event and the API say which pull request it is for, and the plan is shown as text, no more.
// Why it is done this way: docs/decisions/0022-comment-from-a-second-workflow.md
"use strict";

const ARTIFACT = "plan.txt";
const PAGES = "plan-pages";
const MARKER = "<!-- eks-db-secrets: offline plan -->";
const BOT = "github-actions[bot]";

/** GitHub tells the size before anything is downloaded. */
const LARGEST_ARTIFACT_BYTES = 1024 * 1024;
/** A comment takes 65,536 characters; the rest is for what stands around the plan. */
const LONGEST_PLAN = 60_000;
/** What comes before the first empty line is a summary, unless it is longer than anybody reads. */
const LONGEST_SUMMARY = 4_000;
/** The fence is longer than the longest run of backticks, so no run may fill the comment. */
const LONGEST_BACKTICK_RUN = 40;

const TERMINAL_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g;
/** Control and format characters: they hide text, or reverse its direction. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The plan as text that shows what it says and fits into a comment. */
function shownPlan(raw) {
  const text = raw
    .replace(TERMINAL_SEQUENCE, "")
    .replace(/\r\n?/g, "\n")
    .replace(INVISIBLE, "")
    .replace(new RegExp(`\`{${LONGEST_BACKTICK_RUN + 1},}`, "g"), "`".repeat(LONGEST_BACKTICK_RUN))
    .trimEnd();
  if (text.length <= LONGEST_PLAN) return { text, cut: false };
  const head = text.slice(0, LONGEST_PLAN);
  const lineEnd = head.lastIndexOf("\n");
  // Cutting may have split a character in two.
  return { text: lineEnd > 0 ? head.slice(0, lineEnd) : head.replace(/\p{Cs}$/u, ""), cut: true };
}

/** A code block that nothing inside it can end. */
function fenced(text) {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}

/** The summary that a plan begins with, if it does, and the rest. */
function parted(text) {
  const [summary] = text.split("\n\n", 1);
  if (summary === text || summary.length > LONGEST_SUMMARY) return { rest: text };
  return { summary, rest: text.slice(summary.length).replace(/^\n+/, "") };
}

/** The comment. `plan` is the artifact's text, or undefined where there is none to show. */
function commentBody({ plan, headSha, conclusion, runUrl }) {
  const lines = [
    MARKER,
    `### Offline plan of ${headSha.slice(0, 12)}`,
    "",
    `The [workflow run](${runUrl}) ended with **${conclusion}**. ` +
      "The plan was made by the pull request's own code: it says what that code wants to show.",
    "",
  ];
  if (plan === undefined) return [...lines, "There is no plan to show; see the run."].join("\n");
  const { text, cut } = shownPlan(plan);
  const { summary, rest } = parted(text);
  return [
    ...lines,
    ...(summary === undefined ? [] : [fenced(summary), ""]),
    "<details><summary>Plan</summary>",
    "",
    fenced(rest),
    "",
    "</details>",
    "",
    `The run keeps a page to look at for each stack as ${PAGES}, made by that code as well.`,
    ...(cut
      ? ["", `The plan is longer than a comment may be; the run keeps it as ${ARTIFACT}.`]
      : []),
  ].join("\n");
}

/** The open pull request whose head is exactly what the run was for, by the API's word alone. */
async function pullRequestOf(github, { run, repository }) {
  if (!run.head_repository) return undefined; // the fork is gone
  const { data } = await github.rest.pulls.list({
    ...repository,
    state: "open",
    head: `${run.head_repository.owner.login}:${run.head_branch}`,
    base: repository.base,
    per_page: 100,
  });
  return data.find(
    ({ head }) => head.sha === run.head_sha && head.repo?.id === run.head_repository.id,
  )?.number;
}

/** The text of the run's plan, or undefined where there is none, or one that is too large. */
async function planOf(github, { run, repository: { owner, repo } }) {
  const { data } = await github.rest.actions.listWorkflowRunArtifacts({
    owner,
    repo,
    run_id: run.id,
    name: ARTIFACT,
    per_page: 100,
  });
  // A run that was repeated has one for each attempt.
  const [newest] = data.artifacts
    .filter(({ name, expired }) => name === ARTIFACT && !expired)
    .sort((a, b) => b.id - a.id);
  if (newest === undefined || newest.size_in_bytes > LARGEST_ARTIFACT_BYTES) return undefined;
  const download = await github.rest.actions.downloadArtifact({
    owner,
    repo,
    artifact_id: newest.id,
    archive_format: "zip", // the only value there is; the file was uploaded as it is
  });
  return typeof download.data === "string"
    ? download.data
    : Buffer.from(download.data).toString("utf8");
}

/** Finds the pull request of a finished run and puts its plan there, in one comment for good. */
async function postPlan({ github, context, core }) {
  const run = context.payload.workflow_run;
  if (run.event !== "pull_request" || !["success", "failure"].includes(run.conclusion)) {
    core.info(`nothing to post for a run of ${run.event} that ended with ${run.conclusion}`);
    return;
  }
  const { owner, repo } = context.repo;
  const repository = { owner, repo, base: context.payload.repository.default_branch };
  const issue_number = await pullRequestOf(github, { run, repository });
  if (issue_number === undefined) {
    core.info(
      `no open pull request has ${run.head_sha} as its head; a newer commit has its own run`,
    );
    return;
  }
  const body = commentBody({
    plan: await planOf(github, { run, repository }),
    headSha: run.head_sha,
    conclusion: run.conclusion,
    runUrl: run.html_url,
  });
  const comments = await github.paginate(github.rest.issues.listComments, {
    owner,
    repo,
    issue_number,
    per_page: 100,
  });
  const earlier = comments.find(
    (comment) => comment.user?.login === BOT && comment.body?.startsWith(MARKER),
  );
  if (earlier) {
    await github.rest.issues.updateComment({ owner, repo, comment_id: earlier.id, body });
  } else {
    await github.rest.issues.createComment({ owner, repo, issue_number, body });
  }
}

module.exports = { commentBody, fenced, postPlan, shownPlan };
