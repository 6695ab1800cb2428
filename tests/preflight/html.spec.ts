import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Finding } from "../../preflight/doctor/findings";
import type { PlannedResource } from "../../preflight/plan/inventory";
import type { Plan } from "../../preflight/plan/model";
import type { SecretReaders } from "../../preflight/doctor/readers";
import { creationOrder } from "../../preflight/plan/report/html/creation-order";
import { html } from "../../preflight/plan/report/html/html";
import { htmlReport } from "../../preflight/plan/report/html/page";
import { CANARY, findingsOn, madeApp, planOf } from "./support/html-plan";

const MEGABYTE = 1_000_000;
const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&\u0000\u202e`;

const sha256 = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const between = (page: string, start: string, end: string): readonly string[] =>
  page
    .split(start)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf(end)));

/** What a person reads of a piece of the page. */
const textOf = (markup: string): string =>
  markup
    .replace(/<\/?(?:p|li|details|summary)\b/g, " $&")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();

describe("the HTML page of the plan", () => {
  const orders = madeApp("orders");
  const page = htmlReport(planOf([orders, madeApp("billing")], findingsOn(orders)));

  describe("what it may do", () => {
    it("names the hash of its only style and its only script, and allows nothing else", () => {
      const [policy = ""] = between(page, 'http-equiv="Content-Security-Policy" content="', '"');
      const styles = between(page, "<style>", "</style>");
      const scripts = between(page, "<script>", "</script>");
      assert.equal(styles.length, 1);
      assert.equal(scripts.length, 1);
      assert.deepEqual(policy.replaceAll("&#39;", "'").split("; "), [
        "default-src 'none'",
        `style-src ${sha256(styles[0] ?? "")}`,
        `script-src ${sha256(scripts[0] ?? "")}`,
        "base-uri 'none'",
        "form-action 'none'",
      ]);
    });

    it("has no address of anything outside of it", () => {
      assert.deepEqual(page.match(/https?:|\/\/[a-z]|url\(|@import|\bsrc=/gi), null);
    });

    it("leads to places of its own, also where resources are told by what differs", () => {
      const apps = Array.from({ length: 200 }, (_, number) => madeApp(`application-${number}`));
      const large = htmlReport(planOf(apps, apps.flatMap(findingsOn)));
      assert.ok(large.includes(", with application-1 for application-0"));
      for (const each of [page, large]) {
        const ids = new Set([...each.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => `#${id}`));
        const targets = [...each.matchAll(/\bhref="([^"]*)"/g)].map(([, target = ""]) => target);
        assert.ok(targets.length > 0);
        assert.deepEqual(
          [...new Set(targets)].filter((target) => !ids.has(target)),
          [],
        );
      }
    });

    it("has no style in an attribute, which its policy would drop", () => {
      assert.ok(!/\sstyle=/.test(page));
      assert.ok(!/\son[a-z]+=/.test(page));
    });

    it("gives each id once", () => {
      const ids = [...page.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
    });
  });

  describe("what it says of a hostile plan", () => {
    const evil = madeApp(HOSTILE);
    const findings = findingsOn(evil).map((finding) => ({
      ...finding,
      message: HOSTILE,
      remedy: HOSTILE,
    }));
    const hostile = htmlReport({
      ...planOf([evil], findings),
      stack: HOSTILE,
      project: HOSTILE,
    });

    it("is text, wherever it stands", () => {
      assert.equal(between(hostile, "<script", ">").length, 1);
      assert.ok(!hostile.includes("<img"));
      assert.ok(!/[\u0000\u202e]/.test(hostile));
      assert.ok(hostile.includes("\\u0000\\u202e"));
      assert.ok(hostile.includes("&lt;img src=x onerror=&#39;alert(2)&#39;&gt;&amp;"));
    });

    it("has the elements of the same plan with harmless names", () => {
      const tags = (of: string): readonly string[] =>
        of.match(/<[a-z0-9]+/g)?.filter((tag) => tag !== "<title") ?? [];
      const harmless = madeApp("x");
      const same = htmlReport(planOf([harmless], findingsOn(harmless)));
      assert.deepEqual(tags(hostile), tags(same));
    });
  });

  describe("its templates", () => {
    it("escape text, and keep pieces, numbers and lists of them", () => {
      const items = ["<", ">"].map((text) => html`<li>${text}</li>`);
      const piece = html`<ul title="${`"'&`}">
        ${items}${undefined}${7}
      </ul>`;
      assert.equal(
        piece.toString().replaceAll("\n", ""),
        '<ul title="&quot;&#39;&amp;"><li>&lt;</li><li>&gt;</li>7</ul>',
      );
    });

    it("leave the line breaks of a value alone", () => {
      assert.equal(html`<p>${"a\n  b"}</p>`.toString(), "<p>a\n  b</p>");
    });
  });

  it("shows inputs, and of a secret none", () => {
    assert.ok(page.includes("length: 32"));
    assert.ok(page.includes("password: &quot;[secret]&quot;"));
    assert.ok(!page.includes(CANARY));
  });

  it("is the same for the same plan, byte by byte", () => {
    const again = madeApp("orders");
    assert.equal(htmlReport(planOf([again, madeApp("billing")], findingsOn(again))), page);
  });

  it("takes no more than 2 MB for 200 apps with three findings each", () => {
    const apps = Array.from({ length: 200 }, (_, number) => madeApp(`application-${number}`));
    const large = htmlReport(planOf(apps, apps.flatMap(findingsOn)));
    assert.ok(apps.every(({ app }) => large.includes(`<b>${app.name}</b>`)));
    assert.ok(Buffer.byteLength(large) <= 2 * MEGABYTE, `${Buffer.byteLength(large)} bytes`);
  });

  it("says so where there is nothing to show", () => {
    const empty = htmlReport(planOf([]));
    for (const text of ["✔ none", "No workload of this stack", "No secret in this stack"]) {
      assert.ok(empty.includes(text), text);
    }
  });

  describe("its verdict", () => {
    const verdictFor = (findings: readonly Finding[], more: Partial<Plan> = {}): string => {
      const made = htmlReport({ ...planOf([orders], findings), ...more });
      const [section = ""] = between(made, '<section id="verdict"', "</section>");
      return textOf(section.slice(section.indexOf(">") + 1));
    };
    const [error, warning, note] = findingsOn(orders) as readonly [Finding, Finding, Finding];
    const undecided: Finding = { ...note, id: "class-undecided" };

    const cases: readonly [string, readonly Finding[], string, Partial<Plan>?][] = [
      ["nothing", [], "✔ Can be deployed: no findings"],
      ["a note", [note], "✔ Can be deployed, 1 note"],
      ["warnings", [note, warning, warning], "✔ Can be deployed, 2 warnings, 1 note"],
      ["errors", [warning, error, error], "✖ Must not be deployed: 2 errors, 1 warning"],
      [
        "an undecided part",
        [undecided, note],
        "? No error found, but part of it is undecided: 2 notes Not judged: class-undecided",
      ],
      [
        "an error beside an undecided part",
        [undecided, error],
        "✖ Must not be deployed: 1 error, 1 note Part of it is also undecided. " +
          "Not judged: class-undecided",
      ],
      [
        "readers that cannot be told",
        [],
        "? No error found, but part of it is undecided: no findings",
        { readers: [{ ...orders.readers, exclusive: "unknown" }] },
      ],
      [
        "a program that ended early",
        [],
        "? No error found, but part of it is undecided: no findings " +
          "Only what the program declared before it ended is judged. It threw an error.",
        { endedBy: "It threw an error." },
      ],
    ];
    for (const [of, findings, text, more] of cases) {
      it(`is of ${of}: ${text}`, () => {
        assert.equal(verdictFor(findings, more), text);
      });
    }
  });

  describe("its findings", () => {
    const found = (findings: readonly Finding[]): readonly string[] => {
      const made = htmlReport(planOf([orders], findings));
      const [section = ""] = between(made, '<section id="findings">', "</section>");
      return between(section, "<li", "</li>").map((item) =>
        textOf(item.slice(item.indexOf(">") + 1)),
      );
    };

    it("name resource, type, and file and line where they are known", () => {
      const [error, warning] = findingsOn(orders) as readonly [Finding, Finding];
      const source = { file: "index.ts", line: 3, column: 7 };
      assert.deepEqual(found([warning, { ...error, source }]), [
        "the secret has no key passwrod: the mount fails orders-secrets · " +
          "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass · index.ts:3:7",
        "the role can read every secret of the account orders-role · aws:iam:Role",
      ]);
    });

    it("are told once where they say the same of many", () => {
      const names = Array.from({ length: 9 }, (_, number) => `app-${number}`);
      const alike = (count: number): readonly Finding[] =>
        names.slice(0, count).map((name) => ({
          ...{ id: "master-user-in-app", severity: "note" },
          message: `Deployment ${name} logs in as the master user`,
          source: { file: "index.ts", line: 3, column: 7 },
        }));
      assert.deepEqual(found(alike(3)), [
        "Deployment … logs in as the master user index.ts:3:7 3 times: app-0, app-1, app-2",
      ]);
      assert.deepEqual(found(alike(9)), [
        `Deployment … logs in as the master user index.ts:3:7 9 times ${names.join(", ")}`,
      ]);
    });
  });

  describe("who can read a secret", () => {
    const [reader] = orders.readers.readers;
    assert.ok(reader);
    const another = { ...reader, serviceAccount: "shop/other" };
    const nobody = { ...reader, serviceAccount: null };
    const cases: readonly [Partial<SecretReaders>, string][] = [
      [{}, "one ServiceAccount, nobody else in this stack"],
      [{ exclusive: "unknown", undecided: ["x"] }, "cannot tell who else"],
      [{ exclusive: false, readers: [] }, "nobody in this stack"],
      [{ exclusive: false, readers: [reader, another] }, "more than one ServiceAccount"],
      [{ exclusive: false, readers: [nobody] }, "not by ServiceAccounts of this stack alone"],
    ];
    for (const [more, text] of cases) {
      it(`is ${text}`, () => {
        const readers = { ...orders.readers, ...more };
        const made = htmlReport(planOf([{ ...orders, readers }]));
        const [chip] = between(made.slice(made.indexOf('id="readers"')), 'class="chip ', "<");
        assert.equal(chip?.slice(chip.indexOf(">") + 1), text);
      });
    }
  });

  describe("the order of creation", () => {
    const resource = (name: string, more: Partial<PlannedResource> = {}): PlannedResource => ({
      ...{ urn: name, type: "t:m:T", name, parent: undefined, dependsOn: [], protect: false },
      ...{ custom: true, remote: false, inputs: {} },
      ...more,
    });
    const names = (resources: readonly PlannedResource[]): readonly string[] =>
      resources.map(({ name }) => name);

    it("waits for dependencies and parents, and has no step for a component", () => {
      const { steps, criticalPath } = creationOrder([
        resource("late", { dependsOn: ["middle", "early"] }),
        resource("middle", { parent: "component" }),
        resource("component", { custom: false, dependsOn: ["early"] }),
        resource("early"),
        resource("alone", { dependsOn: ["not in the plan"] }),
      ]);
      assert.deepEqual(steps.map(names), [["early", "alone"], ["middle"], ["late"]]);
      assert.deepEqual(names(criticalPath), ["early", "middle", "late"]);
    });

    it("takes a chain longer than the call stack", () => {
      const chain = Array.from({ length: 20_000 }, (_, number) =>
        resource(`${number}`, { dependsOn: [`${number + 1}`] }),
      );
      assert.equal(creationOrder(chain).steps.length, 20_000);
    });

    it("is empty for an empty plan", () => {
      assert.deepEqual(creationOrder([]), { steps: [], criticalPath: [] });
    });
  });
});
