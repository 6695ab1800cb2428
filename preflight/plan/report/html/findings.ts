import { counted } from "../style";
import { shortType } from "../resource-tree";
import { html, type Html } from "./html";
import { type NumberedFinding, SEVERITIES, SYMBOL } from "./numbered";
import { nameOf, typeOf } from "./placed-findings";

/** With more findings of one rule than this, they start closed. */
const OPEN_UP_TO = 10;

/** The findings, gravest first; what the same rule found has its remedy once. */
export function findingsSection(findings: readonly NumberedFinding[]): Html {
  const groups = SEVERITIES.flatMap((severity) => {
    const found = findings.filter((finding) => finding.severity === severity);
    const rules = [...new Set(found.map(({ id }) => id))];
    return rules.map((rule) => found.filter(({ id }) => id === rule));
  });
  return html`<section id="findings">
    <h2>Findings</h2>
    ${
      groups.length === 0
        ? html`<p><span class="chip good">✔ none</span></p>`
        : groups.map(ruleCard)
    }
  </section>`;
}

function ruleCard(findings: readonly NumberedFinding[]): Html {
  const [first] = findings;
  if (first === undefined) return html``;
  const { severity, id } = first;
  const remedies = [...new Set(findings.map(({ remedy }) => remedy))];
  const shared = remedies.length === 1 ? remedies[0] : undefined;
  return html`<details
    class="card ${severity}"
    ${findings.length <= OPEN_UP_TO ? html` open` : undefined}
  >
    <summary>
      <span class="chip ${severity}"
        >${SYMBOL[severity]} ${counted(findings.length, severity)}</span
      >
      <code>${id}</code>
    </summary>
    <ul class="plain">
      ${findings.map(
        ({ anchor, message, urn, remedy }) =>
          html`<li id="${anchor}" tabindex="-1">
            ${message}${
              urn === undefined
                ? undefined
                : html` <span class="q"
                    >${nameOf(urn)} · <code>${shortType(typeOf(urn))}</code></span
                  >`
            }${shared === undefined ? remedyLine(remedy) : undefined}
          </li>`,
      )}
    </ul>
    ${remedyLine(shared)}
  </details>`;
}

const remedyLine = (remedy: string | undefined): Html | undefined =>
  remedy === undefined ? undefined : html`<p class="remedy"><b>Remedy</b> ${remedy}</p>`;
