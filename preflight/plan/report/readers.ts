import type { SecretReader, SecretReaders } from "../../doctor/readers";
import type { Style } from "./style";
import { table } from "./table";
import { wrapIndented } from "./wrap";

const INDENT = "    ";

/** Who can read each secret, and whether that is everybody who can. */
export function readersSection(secrets: readonly SecretReaders[], style: Style): readonly string[] {
  if (secrets.length === 0) return [];
  return [
    style.heading("Who can read it"),
    ...secrets.flatMap((each) => ["", ...secretLines(each, style)]),
  ];
}

function secretLines(secret: SecretReaders, style: Style): readonly string[] {
  const [colour, text] = verdict(secret, style);
  return [
    `  ${secret.secret}`,
    ...table(secret.readers.map(readerRow), {
      indent: INDENT,
      format: (cell, column) => (column > 1 ? style.quiet(cell) : cell),
    }),
    ...wrapIndented(text, INDENT).map(colour),
  ];
}

const readerRow = ({ serviceAccount, role, statement, pods, verdict }: SecretReader) => [
  serviceAccount === null ? "no ServiceAccount" : `ServiceAccount ${serviceAccount}`,
  `${verdict === "allowed" ? "by" : "perhaps by"} ${role}`,
  statement ?? "",
  pods.length === 0 ? "no pods" : pods.join(", "),
];

function verdict(
  { readers, exclusive, undecided }: SecretReaders,
  style: Style,
): readonly [colour: (line: string) => string, text: string] {
  if (exclusive === "unknown") {
    return [style.notable, `whether anybody else can is unknown, for ${undecided.join(", ")}`];
  }
  if (exclusive) return [style.good, "nobody else in this stack"];
  if (readers.length === 0) return [style.notable, "nobody in this stack"];
  return [
    (line) => line,
    undecided.length === 0 ? "nobody else in this stack" : "and perhaps others",
  ];
}
