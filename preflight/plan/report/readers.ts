import type { SecretReader, SecretReaders } from "../../doctor/readers";
import type { Style } from "./style";
import { table } from "./table";

/** Who can read each secret, and whether that is everybody who can. */
export function readersSection(secrets: readonly SecretReaders[], style: Style): readonly string[] {
  if (secrets.length === 0) return [];
  return [
    style.heading("Who can read it"),
    ...secrets.flatMap((each) => ["", ...secretLines(each, style)]),
  ];
}

function secretLines(
  { secret, readers, exclusive, undecided }: SecretReaders,
  style: Style,
): readonly string[] {
  const rows = readers.map(readerRow);
  return [
    `  ${secret}`,
    ...table(rows, (cell, column) => (column > 1 ? style.quiet(cell) : cell)).map(
      (line) => `    ${line}`,
    ),
    `    ${conclusion(readers.length, exclusive, undecided, style)}`,
  ];
}

const readerRow = ({ serviceAccount, role, statement, pods, verdict }: SecretReader) => [
  serviceAccount === null ? "no ServiceAccount" : `ServiceAccount ${serviceAccount}`,
  `${verdict === "allowed" ? "by" : "perhaps by"} ${role}`,
  statement ?? "",
  pods.length === 0 ? "no pods" : pods.join(", "),
];

function conclusion(
  readers: number,
  exclusive: SecretReaders["exclusive"],
  undecided: readonly string[],
  style: Style,
): string {
  if (exclusive === "unknown") {
    return style.notable(`whether anybody else can: cannot tell, for ${undecided.join(", ")}`);
  }
  if (exclusive) return style.good("nobody else in this stack");
  if (readers === 0) return style.notable("nobody in this stack");
  return undecided.length === 0 ? "nobody else in this stack" : "and perhaps others";
}
