import * as assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { source as axe } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { htmlReport } from "../../preflight/plan/report/html/page";
import { findingsOn, madeApp, planOf } from "./support/html-plan";

const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((place) => join(place, name)))
  .find(existsSync);
const REQUIRED = process.env.REQUIRE_BROWSER === "1";
const SKIPPED = CHROMIUM === undefined && !REQUIRED;

const FLAGS = [
  // As root, and with the little shared memory of a container.
  ...["--no-sandbox", "--disable-dev-shm-usage"],
  ...["--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

interface Visit {
  readonly file?: string;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

const title = SKIPPED
  ? "the HTML page in a browser (skipped: no Chromium in PATH; REQUIRE_BROWSER=1 insists on it)"
  : "the HTML page in a browser";

(SKIPPED ? describe.skip : describe)(title, function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;
  const validationErrors: string[] = [];

  before(async () => {
    assert.ok(CHROMIUM !== undefined, "REQUIRE_BROWSER=1, but there is no Chromium in PATH");
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    folder = mkdtempSync(join(tmpdir(), "plan-page-"));
    const orders = madeApp("orders");
    const few = [orders, madeApp("billing-with-a-rather-long-name")];
    const many = Array.from({ length: 200 }, (_, number) => madeApp(`application-${number}`));
    writeFileSync(join(folder, "few.html"), htmlReport(planOf(few, findingsOn(orders))));
    writeFileSync(join(folder, "many.html"), htmlReport(planOf(many, many.flatMap(findingsOn))));
  });

  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  afterEach(() => {
    assert.deepEqual(validationErrors.splice(0), []);
  });

  async function withPage(
    use: (page: Page) => Promise<void>,
    { file = "few.html", width = 1200, scheme = "light" }: Visit = {},
  ): Promise<void> {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: scheme,
    });
    const page = await context.newPage();
    page.on("console", (message) => validationErrors.push(message.text()));
    page.on("pageerror", (error) => validationErrors.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) validationErrors.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, file)).href);
    await use(page);
    await context.close();
  }

  const openAll = (page: Page): Promise<void> =>
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");

  const background = (page: Page): Promise<string> =>
    page.evaluate("getComputedStyle(document.body).backgroundColor");

  it("opens, with the verdict and each chain in sight", () =>
    withPage(async (page) => {
      assert.equal(await page.title(), "Plan of stack dev · shop");
      assert.equal(
        await page.locator("#verdict .big").innerText(),
        "✖ Must not be deployed: 1 error, 1 warning, 1 note",
      );
      assert.equal(await page.locator("ol.chain:visible").count(), 2);
    }));

  it("searches the resource tree, and shows it whole again", () =>
    withPage(async (page) => {
      const shown = (): Promise<number> => page.locator("#tree li:visible").count();
      const all = await shown();
      await page.getByLabel("Search resources").fill("rds INSTANCE orders");
      // The group of the databases' components, the one that has it, and the instance.
      assert.equal(await shown(), 3);
      assert.equal(await page.locator("#resources output").innerText(), "1 found");
      await page.getByLabel("Search resources").fill("");
      assert.equal(await shown(), all);
    }));

  it("finds one app of 200", () =>
    withPage(
      async (page) => {
        const shown = page.locator("#app-list > li:visible");
        const apps = page.locator("#app-list details.card:visible");
        assert.deepEqual(await shown.allInnerTexts(), ["200 apps with errors or warnings"]);
        assert.equal(await apps.count(), 0);
        await page.getByLabel("Search apps").fill("application-123");
        assert.equal(await apps.count(), 1);
        await apps.locator("summary").click();
        assert.ok(await apps.locator("ol.chain").isVisible());
      },
      { file: "many.html" },
    ));

  it("changes the theme by a button that says to which one", () =>
    withPage(async (page) => {
      const toggle = page.locator("#theme");
      const light = await background(page);
      assert.equal(await toggle.innerText(), "Use dark theme");
      await toggle.click();
      assert.notEqual(await background(page), light);
      assert.equal(await toggle.innerText(), "Use light theme");
      await page.reload();
      assert.equal(await toggle.innerText(), "Use light theme");
      await toggle.click();
      assert.equal(await background(page), light);
    }));

  it("follows the theme of the system", () =>
    withPage(
      async (page) => {
        const dark = await background(page);
        await page.emulateMedia({ colorScheme: "light" });
        assert.notEqual(await background(page), dark);
      },
      { scheme: "dark" },
    ));

  it("is used with the keyboard alone: skip link, theme, sections, and a visible focus", () =>
    withPage(async (page) => {
      const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent");
      const reached: string[] = [];
      for (let step = 0; step < 10; step++) {
        await page.keyboard.press("Tab");
        reached.push(await focused());
        const outline = await page.evaluate(
          "getComputedStyle(document.activeElement).outlineStyle",
        );
        assert.equal(outline, "solid", reached.at(-1));
      }
      assert.deepEqual(reached, [
        ...["Skip to the plan", "Use dark theme", "1 error", "1 warning", "1 note"],
        ...["3 findings", "2 apps", "Readers of 2 secrets", "30 resources", "Order of creation"],
      ]);
    }));

  it("leads from a card of the chain to its finding, even where that is closed", () =>
    withPage(async (page) => {
      await page.locator("#findings details").first().locator("summary").click();
      assert.ok(!(await page.locator("#f1").isVisible()));
      await page.locator("a.chip.error").first().focus();
      await page.keyboard.press("Enter");
      await page.locator("#f1").waitFor({ state: "visible" });
      assert.equal(await page.evaluate("document.activeElement.id"), "f1");
    }));

  it("leads from a card of the chain to its resource, and opens it", () =>
    withPage(async (page) => {
      const opened = page.locator("#tree pre:visible");
      assert.equal(await opened.count(), 0);
      await page.locator(".n a", { hasText: "orders-instance" }).click();
      await opened.waitFor();
      assert.match(await opened.innerText(), /^dbSubnetGroupName: [^]*password: "\[secret\]"/);
    }));

  it("is short before anything is opened, however many apps there are (400 pixels)", () =>
    withPage(
      async (page) => {
        const height = Number(await page.evaluate("document.documentElement.scrollHeight"));
        assert.ok(height < 5000, `${height} pixels`);
      },
      { file: "many.html", width: 400 },
    ));

  it("has chains from left to right where there is room, from top to bottom else", async () => {
    const placeOf = (width: number): Promise<readonly boolean[]> => {
      let right: readonly boolean[] = [];
      return withPage(
        async (page) => {
          const boxes = await page.locator("ol.chain").first().locator(".n").all();
          const places = await Promise.all(boxes.map((box) => box.boundingBox()));
          right = places
            .slice(1, 6)
            .map((place, index) => (place?.x ?? 0) > (places[index]?.x ?? 0));
        },
        { width },
      ).then(() => right);
    };
    assert.deepEqual(await placeOf(1200), [true, true, true, true, true]);
    assert.deepEqual(await placeOf(400), [false, false, false, false, false]);
  });

  for (const file of ["few.html", "many.html"]) {
    it(`has no need to scroll sideways at 400 pixels (${file})`, () =>
      withPage(
        async (page) => {
          await openAll(page);
          assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 400);
        },
        { width: 400, file },
      ));
  }

  for (const scheme of ["light", "dark"] as const) {
    for (const width of [400, 1200]) {
      it(`has no serious violation of accessibility rules, ${scheme}, ${width} pixels wide`, () =>
        withPage(
          async (page) => {
            await openAll(page);
            await page.evaluate(axe);
            const found: string[] = await page.evaluate(`axe.run().then(({ violations }) =>
              violations
                .filter(({ impact }) => impact === "serious" || impact === "critical")
                .flatMap(({ id, nodes }) => nodes.map(({ html }) => id + " " + html)))`);
            assert.deepEqual(found, []);
          },
          { scheme, width },
        ));
    }
  }
});
