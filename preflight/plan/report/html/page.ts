import type { Plan } from "../../model";
import { counted } from "../style";
import { Anchors } from "./anchors";
import { appsSection } from "./apps";
import { documentOf } from "./document";
import { findingsSection } from "./findings";
import { html, type Html } from "./html";
import { numberedFindings, numberedGroups } from "./numbered";
import { orderSection } from "./order";
import { readersSection } from "./readers";
import { resourcesSection } from "./resources";
import { verdictSection } from "./verdict";

/** The plan as one HTML page, which needs nothing else. */
export function htmlReport(plan: Plan): string {
  const groups = numberedGroups(plan.findings);
  const anchors = new Anchors(plan.resources);
  // What links to resources comes first: it tells which of them need a place.
  const linking = [
    findingsSection(groups, anchors),
    appsSection(plan, numberedFindings(groups), anchors),
  ];
  const heading = `Plan of stack ${plan.stack}`;
  return documentOf({
    heading,
    title: `${heading} · ${plan.project}`,
    subject: "plan",
    about: html`<p>Project <b>${plan.project}</b></p>
      <p class="q">
        Made offline: names, ids and ARNs that AWS would choose are stand-ins. Values of secrets are
        not on this page.
      </p>`,
    before: html`${verdictSection(plan, groups)}
      <nav aria-label="Sections">
        <ul>
          ${contents(plan)}
        </ul>
      </nav>`,
    main: html`${linking} ${readersSection(plan.readers)}
    ${resourcesSection(plan.resources, anchors)} ${orderSection(plan.resources)}`,
  });
}

const contents = ({ findings, apps, readers, resources }: Plan): readonly Html[] =>
  [
    ["findings", counted(findings.length, "finding")],
    ["apps", counted(apps.length, "app")],
    ["readers", `Readers of ${counted(readers.length, "secret")}`],
    ["resources", counted(resources.length, "resource")],
    ["order", "Order of creation"],
  ].map(([anchor, text]) => html`<li><a href="#${anchor}">${text}</a></li>`);
