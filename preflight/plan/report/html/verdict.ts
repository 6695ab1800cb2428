import { SEVERITIES } from "../../../doctor/findings";
import type { Plan } from "../../model";
import { counted } from "../style";
import { html, type Html } from "./html";
import { type NumberedGroup, SYMBOL } from "./numbered";

/**
 * Rules whose findings say that something was not judged, by their ids. What another account allows
 * is such a thing, too.
 */
const UNDECIDED = /-(?:undecided|unread|unanswered)$|^secret-of-other-account$/;

type Judged = Pick<Plan, "findings" | "readers" | "endedBy">;

interface Verdict {
  /** What the whole plan is coloured by. */
  readonly status: "error" | "undecided" | "good";
  readonly text: string;
}

/** Whether the plan can be deployed. Unknown is not fine: what was not judged is said. */
function verdictOf(plan: Judged): Verdict {
  if (plan.findings.some(({ severity }) => severity === "error")) {
    return { status: "error", text: "Must not be deployed" };
  }
  return isUndecided(plan)
    ? { status: "undecided", text: "No error found, but part of it is undecided" }
    : { status: "good", text: "Can be deployed" };
}

const isUndecided = ({ findings, readers, endedBy }: Judged): boolean =>
  endedBy !== undefined ||
  findings.some(({ id }) => UNDECIDED.test(id)) ||
  readers.some(({ exclusive }) => exclusive === "unknown");

const SYMBOLS: Readonly<Record<Verdict["status"], string>> = {
  error: SYMBOL.error,
  undecided: "?",
  good: "✔",
};

/** The verdict with how many findings there are; each count leads to them. */
export function verdictSection(plan: Judged, groups: readonly NumberedGroup[]): Html {
  const { status, text } = verdictOf(plan);
  const counts = SEVERITIES.flatMap((severity) => {
    const { length } = plan.findings.filter((finding) => finding.severity === severity);
    return length === 0 ? [] : [html`<a href="#${severity}s">${counted(length, severity)}</a>`];
  });
  const undecided = groups.filter(({ findings: [{ id }] }) => UNDECIDED.test(id));
  return html`<section id="verdict" class="verdict ${status}" aria-label="Verdict">
    <p class="big">
      <span aria-hidden="true">${SYMBOLS[status]}</span> ${text}${
        counts.length === 0
          ? ": no findings"
          : [status === "good" ? ", " : ": ", ...separated(counts)]
      }
    </p>
    ${
      plan.endedBy === undefined
        ? undefined
        : html`<p>Only what the program declared before it ended is judged. ${plan.endedBy}</p>`
    }${
      status !== "error" || !isUndecided(plan)
        ? undefined
        : html`<p>Part of it is also undecided.</p>`
    }${
      undecided.length === 0
        ? undefined
        : html`<p>
            Not judged:
            ${separated(
              undecided.map(
                ({ anchor, findings: [{ id }] }) => html`<a href="#${anchor}">${id}</a>`,
              ),
            )}
          </p>`
    }
  </section>`;
}

const separated = (parts: readonly Html[]): readonly (Html | string)[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [", ", part]));
