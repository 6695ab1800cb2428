import { createHash } from "node:crypto";
import type { Plan } from "../../model";
import { counted } from "../style";
import { Anchors } from "./anchors";
import { appsSection } from "./apps";
import { findingsSection } from "./findings";
import { html, Html } from "./html";
import { numberedFindings, numberedGroups } from "./numbered";
import { orderSection } from "./order";
import { readersSection } from "./readers";
import { resourcesSection } from "./resources";
import { SCRIPT } from "./script";
import { STYLE } from "./style";
import { verdictSection } from "./verdict";

/**
 * The plan as one HTML page. It needs nothing else: no network, no file beside it. Its policy lets
 * it run and load nothing but the style and the script that it holds.
 */
export function htmlReport(plan: Plan): string {
  const groups = numberedGroups(plan.findings);
  const anchors = new Anchors(plan.resources);
  // What links to resources comes first: it tells which of them need a place.
  const linking = [
    findingsSection(groups, anchors),
    appsSection(plan, numberedFindings(groups), anchors),
  ];
  const title = `Plan of stack ${plan.stack}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · ${plan.project}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the plan</a>
        <header>
          <h1>${title}</h1>
          <button id="theme" type="button" hidden>Use dark theme</button>
          <p>Project <b>${plan.project}</b></p>
          <p class="q">
            Made offline: names, ids and ARNs that AWS would choose are stand-ins. Values of secrets
            are not on this page.
          </p>
        </header>
        ${verdictSection(plan, groups)}
        <nav aria-label="Sections">
          <ul>
            ${contents(plan)}
          </ul>
        </nav>
        <main id="main" tabindex="-1">
          ${linking} ${readersSection(plan.readers)} ${resourcesSection(plan.resources, anchors)}
          ${orderSection(plan.resources)}
        </main>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `.toString();
}

const contents = ({ findings, apps, readers, resources }: Plan): readonly Html[] =>
  [
    ["findings", counted(findings.length, "finding")],
    ["apps", counted(apps.length, "app")],
    ["readers", `Readers of ${counted(readers.length, "secret")}`],
    ["resources", counted(resources.length, "resource")],
    ["order", "Order of creation"],
  ].map(([anchor, text]) => html`<li><a href="#${anchor}">${text}</a></li>`);

// Byte for byte what the policy has the hashes of.
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
export const SCRIPT_ELEMENT = new Html(`<script>${SCRIPT}</script>`);

const hash = (text: string): string =>
  `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

export const POLICY = [
  "default-src 'none'",
  `style-src ${hash(STYLE)}`,
  `script-src ${hash(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
