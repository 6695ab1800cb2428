import { grouped } from "../../../doctor/facts/grouped";
import type { SecretReader, SecretReaders } from "../../../doctor/readers";
import { counted } from "../style";
import { html, type Html } from "./html";

/** With more secrets than this they start closed, by what is to be said of them. */
const OPEN_UP_TO = 3;

/** Who can read each secret, and which pods therefore hold it. */
export function readersSection(secrets: readonly SecretReaders[]): Html {
  const few = secrets.length <= OPEN_UP_TO;
  return html`<section id="readers">
    <h2>Who can read it</h2>
    ${
      secrets.length === 0 ? html`<p>No secret in this stack.</p>` : undefined
    }${few ? secrets.map((each) => secretItem(each, true)) : byVerdict(secrets)}
  </section>`;
}

function byVerdict(secrets: readonly SecretReaders[]): readonly Html[] {
  return [...grouped(secrets, (each) => verdict(each)[1])].map(([text, alike]) => {
    const [chip] = alike.map((each) => verdict(each)[0]);
    return html`<details>
      <summary>
        ${counted(alike.length, "secret")} <span class="chip ${chip}">${text}</span>
      </summary>
      ${alike.map((each) => secretItem(each, false))}
    </details>`;
  });
}

function secretItem(each: SecretReaders, isAlone: boolean): Html {
  const { secret, readers, undecided } = each;
  const [chip, text] = verdict(each);
  return html`<details class="card" ${isAlone ? html` open` : undefined}>
    <summary>
      <b>${secret}</b>${isAlone ? html` <span class="chip ${chip}">${text}</span>` : undefined}
    </summary>
    ${readers.map(readerFacts)}${
      undecided.length === 0 ? undefined : html`<p>Not understood: ${undecided.join(", ")}</p>`
    }
  </details>`;
}

function verdict({ exclusive, readers }: SecretReaders): readonly [chip: string, text: string] {
  if (exclusive === true) return ["good", "one ServiceAccount, nobody else in this stack"];
  if (exclusive === "unknown") return ["warning", "cannot tell who else"];
  if (readers.length === 0) return ["note", "nobody in this stack"];
  return readers.every(({ serviceAccount }) => serviceAccount !== null)
    ? ["warning", "more than one ServiceAccount"]
    : ["warning", "not by ServiceAccounts of this stack alone"];
}

function readerFacts({ serviceAccount, role, statement, pods, verdict: may }: SecretReader): Html {
  const facts = [
    ["ServiceAccount", serviceAccount ?? "none of this stack"],
    ["Through", role],
    ["Statement", statement ?? "–"],
    ["Pods", pods.length === 0 ? "none" : pods.join(", ")],
    ...(may === "unknown" ? [["Verdict", "unknown"]] : []),
  ] as const;
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
