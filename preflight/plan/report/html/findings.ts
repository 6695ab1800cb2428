import { SEVERITIES } from "../../../doctor/findings";
import { placesOf } from "../location";
import { counted } from "../style";
import { shortType } from "../resource-tree";
import type { Anchors } from "./anchors";
import { html, type Html } from "./html";
import { type NumberedGroup, SYMBOL } from "./numbered";
import { nameOf, typeOf } from "../../../simulation/wire/urn";

/** More names than this start closed. */
const NAMES_UP_TO = 8;

/** Notes of more rules than this start closed. */
const NOTES_UP_TO = 8;

/** The findings, gravest first; those that say the same of different things are told once. */
export function findingsSection(groups: readonly NumberedGroup[], anchors: Anchors): Html {
  return html`<section id="findings">
    <h2>Findings</h2>
    ${
      groups.length === 0
        ? html`<p><span class="chip good">✔ none</span></p>`
        : SEVERITIES.map((severity) =>
            severityPart(
              groups.filter((group) => group.severity === severity),
              anchors,
            ),
          )
    }
  </section>`;
}

function severityPart(groups: readonly NumberedGroup[], anchors: Anchors): Html | undefined {
  const [first] = groups;
  if (first === undefined) return undefined;
  const { severity } = first;
  const count = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  const rules = [...new Set(groups.map(({ findings: [{ id }] }) => id))];
  const open = severity !== "note" || rules.length <= NOTES_UP_TO;
  return html`<details id="${severity}s" class="severity" ${open ? html` open` : undefined}>
    <summary>
      <h3><span class="chip ${severity}">${SYMBOL[severity]} ${counted(count, severity)}</span></h3>
    </summary>
    ${rules.map((rule) =>
      ruleCard(
        groups.filter(({ findings: [{ id }] }) => id === rule),
        anchors,
      ),
    )}
  </details>`;
}

/** What one rule found has its remedy once. */
function ruleCard(groups: readonly NumberedGroup[], anchors: Anchors): Html {
  const [first] = groups;
  if (first === undefined) return html``;
  const { id } = first.findings[0];
  const remedies = [...new Set(groups.map(({ findings: [{ remedy }] }) => remedy))];
  const shared = remedies.length === 1 ? remedies[0] : undefined;
  return html`<div class="card ${first.severity}">
    <code class="q rule">${id}</code>
    <ul class="plain">
      ${groups.map((group) => groupItem(group, shared === undefined, anchors))}
    </ul>
    ${remedyLine(shared)}
  </div>`;
}

function groupItem(
  { anchor, message, names, findings }: NumberedGroup,
  withRemedy: boolean,
  anchors: Anchors,
): Html {
  const [{ urn, remedy }, ...others] = findings;
  const about =
    urn === undefined || others.length > 0
      ? []
      : [anchors.link(urn, nameOf(urn)), html`<code>${shortType(typeOf(urn))}</code>`];
  const facts = [...about, ...placesOf(findings).map((place) => html`<code>${place}</code>`)];
  return html`<li id="${anchor}">
    ${message}${
      facts.length === 0
        ? undefined
        : html`<p class="q">${facts.map((fact, index) => [index === 0 ? "" : " · ", fact])}</p>`
    }${nameList(names)}${withRemedy ? remedyLine(remedy) : undefined}
  </li>`;
}

function nameList(names: readonly string[]): Html | undefined {
  if (names.length === 0) return undefined;
  const title = `${names.length} times`;
  return names.length <= NAMES_UP_TO
    ? html`<p class="q">${title}: ${names.join(", ")}</p>`
    : html`<details>
        <summary class="q">${title}</summary>
        <p>${names.join(", ")}</p>
      </details>`;
}

export const remedyLine = (remedy: string | undefined): Html | undefined =>
  remedy === undefined ? undefined : html`<p class="remedy"><b>Remedy</b> ${remedy}</p>`;
