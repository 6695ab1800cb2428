import type { Finding } from "./findings";

/** Findings that say the same of different things. */
export interface FindingGroup {
  /** The message; where the group has several members, `…` stands for what differs. */
  readonly message: string;
  /** What the members are about, in their order; empty for a finding on its own. */
  readonly names: readonly string[];
  /** One at least. All have the same id, severity and remedy. */
  readonly findings: readonly [Finding, ...Finding[]];
}

/** Two that are alike are easier to read as they are. */
const SMALLEST_GROUP = 3;

/** The findings with those put together that repeat for each app; groups stand where the first did. */
export function groupedFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups: [Finding, ...Finding[]][] = [];
  for (const finding of findings) {
    const alike = groups.find(([first]) => isAlike(first, finding));
    if (alike === undefined) groups.push([finding]);
    else alike.push(finding);
  }
  return groups.flatMap((members) =>
    members.length < SMALLEST_GROUP ? members.map((one) => group([one])) : [group(members)],
  );
}

/** The same words in the same places, but for names: half of them at least. */
function isAlike(one: Finding, other: Finding): boolean {
  if (one.id !== other.id || one.severity !== other.severity) return false;
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const same = words.filter((word, index) => word === others[index]).length;
  return words.length === others.length && same * 2 >= words.length;
}

function group(findings: FindingGroup["findings"]): FindingGroup {
  const [first, ...rest] = findings.map(wordsOf);
  const words = first ?? [];
  const differs = words.map((word, index) => rest.some((other) => other[index] !== word));
  const parts = findings.map((finding) => wordsOf(finding).filter((_, index) => differs[index]));
  const leading = parts.map(([name = ""]) => name);
  const isClear = new Set(leading).size === leading.length;
  return {
    message: words.map((word, index) => (differs[index] ? "…" : word)).join(" "),
    names: rest.length === 0 ? [] : isClear ? leading : parts.map((each) => each.join(" ")),
    findings,
  };
}

const wordsOf = ({ message }: Finding): readonly string[] => message.split(" ");
