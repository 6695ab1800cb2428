import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { PlannedApp } from "../../preflight/plan/chain";
import type { PlannedResource } from "../../preflight/plan/inventory";
import type { SecretReaders } from "../../preflight/doctor/readers";
import { creationOrder } from "../../preflight/plan/report/html/creation-order";
import { chainGraph, resourceIndex } from "../../preflight/plan/report/html/chain-graph";
import { html } from "../../preflight/plan/report/html/html";
import { htmlReport } from "../../preflight/plan/report/html/page";
import { placedFindings } from "../../preflight/plan/report/html/placed-findings";
import { CANARY, findingsOn, madeApp, planOf } from "./support/html-plan";

const MEGABYTE = 1_000_000;
const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&\u0000`;

const sha256 = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const between = (page: string, start: string, end: string): readonly string[] =>
  page
    .split(start)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf(end)));

/** The texts of the links' verbs and findings, from top to bottom. */
const alongTheLines = (page: string): readonly string[] =>
  [...page.matchAll(/<text\s+class="v"[^>]*>([^<]*)<|text-anchor="middle"\s*>([^<]*)</g)].map(
    ([, verb, finding]) => verb ?? finding ?? "",
  );

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
      const targets = [...page.matchAll(/\bhref="([^"]*)"/g)].map(([, target = ""]) => target);
      assert.ok(targets.length > 0);
      assert.deepEqual(
        targets.filter((target) => !page.includes(`id="${target.replace(/^#/, "")}"`)),
        [],
      );
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
      assert.ok(!hostile.includes("\u0000"));
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

  it("holds no value of a resource's input", () => {
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

  describe("the picture of a chain", () => {
    it("has findings on the links that they concern, and words on the others", () => {
      const VERBS = ["is set on", "is described in", "is readable by", "serves", "is mounted as"];
      assert.deepEqual(
        [...alongTheLines(page)].sort(),
        [
          ...["is set on", "is described in", "▲ 1 warning", "serves", "✖ 1 error", "● 1 note"],
          ...[...VERBS, "are read into"],
        ].sort(),
      );
    });

    it("says of a link how many findings are behind the gravest ones", () => {
      const findings = findingsOn(orders).map((finding) => ({
        ...finding,
        urn: orders.urns.class,
      }));
      const shown = alongTheLines(htmlReport(planOf([orders], [...findings, ...findings])));
      assert.deepEqual(
        shown.filter((text) => /\d/.test(text)),
        ["▲ 2 warnings", "✖ 2 errors, 2 more"],
      );
    });

    it("goes from the password to the environment, station by station", () => {
      const { nodes, edges } = chainGraph(orders.app, resourceIndex(orders.resources));
      assert.deepEqual(edges.map(({ from, to }) => `${from.station} → ${to.station}`).sort(), [
        "class → files",
        "database → secret",
        "files → env",
        "password → database",
        "role → class",
        "secret → role",
      ]);
      assert.equal(nodes.length, 7);
    });

    it("shows what the chain lacks", () => {
      const [mount] = orders.app.mounts;
      assert.ok(mount);
      const lacking = { ...mount, role: undefined, urn: undefined, secrets: [] };
      const { nodes } = chainGraph({ ...orders.app, mounts: [lacking] }, resourceIndex([]));
      assert.deepEqual(
        nodes.filter(({ missing }) => missing).map(({ name }) => name),
        ["no role", "orders-secrets"],
      );
    });

    it("shows that a mount fails, unless its class is not known", () => {
      const stationsOf = (app: PlannedApp) =>
        chainGraph(app, resourceIndex([])).nodes.filter(({ missing }) => missing);
      const failing = { ...orders.app, files: [] };
      assert.deepEqual(
        stationsOf(failing).map(({ name }) => name),
        ["0 files"],
      );
      const said = (app: PlannedApp) =>
        /<h4>Files<\/h4>[^]*?<p>(None[^<]*)</.exec(htmlReport(planOf([{ ...orders, app }])))?.[1];
      assert.equal(said(failing), "None: the mount fails, and no container starts.");
      const [mount] = orders.app.mounts;
      assert.ok(mount);
      const unknown = { ...failing, mounts: [{ ...mount, urn: undefined }] };
      assert.deepEqual(
        stationsOf(unknown).map(({ name }) => name),
        ["orders-secrets"],
      );
      assert.equal(said(unknown), "None that this stack tells of.");
    });

    const placedOn = (id: string, urn: string): readonly string[] => {
      const index = resourceIndex(orders.resources);
      const graph = chainGraph(orders.app, index);
      const finding = { id, severity: "error" as const, message: "", urn };
      return [...placedFindings([finding], graph, index, () => false).keys()].map(
        ({ from, to }) => `${from.station} → ${to.station}`,
      );
    };
    const urnOf = (type: string): string =>
      orders.resources.find((resource) => resource.type === type)?.urn ?? "";

    for (const [id, urn, link] of [
      ["password-refused-by-rds", orders.urns.database, "password → database"],
      ["database-public", orders.urns.database, "database → secret"],
      ["read-denied", orders.urns.deployment, "secret → role"],
      ["resource-wildcard", urnOf("aws:iam/rolePolicy:RolePolicy"), "secret → role"],
      ["trust-refuses", orders.urns.role, "role → class"],
      ["class-refused", orders.urns.class, "class → files"],
      ["volume-not-read-only", orders.urns.deployment, "class → files"],
      ["env-key-missing", orders.urns.deployment, "files → env"],
      ["kubernetes-too-old", "urn:pulumi:dev::shop::eks:index:Cluster::x", "class → files"],
      ["rotation-off", "urn:pulumi:dev::shop::kubernetes:helm.sh/v3:Release::x", "class → files"],
    ] as const) {
      it(`has ${id} on the link ${link}`, () => {
        assert.deepEqual(placedOn(id, urn), [link]);
      });
    }

    it("leaves the findings of another app to that app", () => {
      assert.deepEqual(placedOn("class-refused", madeApp("billing").urns.class), []);
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
