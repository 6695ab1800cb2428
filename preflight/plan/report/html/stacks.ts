import { SEVERITIES } from "../../../doctor/findings";
import type { StateDiagnosis } from "../../model";
import { counted } from "../style";
import { documentOf } from "./document";
import { remedyLine } from "./findings";
import { html, type Html } from "./html";
import { gravest, numberedGroups, type NumberedGroup, SYMBOL } from "./numbered";
import { nameOf } from "../../../simulation/wire/urn";

/** Stacks that stand, on one page: how they compare, then what was found in each. It needs nothing else. */
export function stacksReport(stacks: readonly StateDiagnosis[]): string {
  return documentOf({
    heading: `Diagnosis of ${counted(stacks.length, "stack")}`,
    subject: "stacks",
    about: html`<p class="q">
      By their states: what is encrypted in them is unknown, and so is what rests on it. Values of
      secrets are not on this page.
    </p>`,
    main: html`<section id="stacks">
        <h2>Stacks</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Stack</th>
              ${SEVERITIES.map((severity) => html`<th scope="col">${severity}s</th>`)}
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            ${stacks.map(row)}
          </tbody>
        </table>
      </section>
      ${stacks.map(stackSection)}`,
  });
}

const labelOf = ({ project, stack }: StateDiagnosis): string => `${project}/${stack}`;

const row = (diagnosis: StateDiagnosis, index: number): Html => {
  const { findings, state } = diagnosis;
  return html`<tr>
    <th scope="row"><a href="#s${index + 1}">${labelOf(diagnosis)}</a></th>
    ${SEVERITIES.map((severity) => {
      const { length } = findings.filter((finding) => finding.severity === severity);
      return html`<td>${length === 0 ? "–" : `${SYMBOL[severity]} ${length}`}</td>`;
    })}
    <td><code>${state}</code></td>
  </tr>`;
};

function stackSection(diagnosis: StateDiagnosis, index: number): Html {
  const { findings } = diagnosis;
  const worst = gravest(findings);
  return html`<section id="s${index + 1}">
    <h2>${labelOf(diagnosis)}</h2>
    ${
      worst === undefined
        ? html`<p><span class="chip good">✔ none</span></p>`
        : html`<details ${worst === "error" ? html` open` : undefined}>
            <summary>${counted(findings.length, "finding")}</summary>
            ${numberedGroups(findings).map(groupCard)}
          </details>`
    }
  </section>`;
}

function groupCard({ severity, message, names, findings }: NumberedGroup): Html {
  const [{ id, urn, remedy }, ...others] = findings;
  return html`<div class="card ${severity}">
    <p>
      <span class="chip ${severity}">${SYMBOL[severity]} ${severity}</span>
      <code class="q rule">${id}</code>
    </p>
    <p>${message}</p>
    ${
      others.length > 0
        ? html`<p class="q">${counted(findings.length, "time")}: ${names.join(", ")}</p>`
        : urn === undefined
          ? undefined
          : html`<p class="q">${nameOf(urn)}</p>`
    }
    ${remedyLine(remedy)}
  </div>`;
}
