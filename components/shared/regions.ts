const PREFIXES = [
  ...["af", "ap", "ca", "cn", "eu", "eusc", "il", "me", "mx", "sa", "us"],
  ...["us-gov", "us-iso", "us-isob", "us-isof", "eu-isoe"],
];
const DIRECTIONS = [
  ...["north", "south", "east", "west", "central"],
  ...["northeast", "northwest", "southeast", "southwest"],
];
const WORDS = [
  ...new Set([...PREFIXES.flatMap((prefix) => prefix.split("-")), ...DIRECTIONS, "de"]),
];

/**
 * The region that was most likely meant, or `undefined`. A word that no region has is taken for a
 * mistake only where it is nearly one that they have: AWS opens new regions.
 */
export function regionMeant(region: string): string | undefined {
  const words = region
    .toLowerCase()
    .trim()
    // The name of a zone.
    .replace(/(-\d)[a-z]$/, "$1")
    .replace(/([a-z])(\d+)$/, "$1-$2")
    .split(/[-_ ]+/);
  const number = words.pop() ?? "";
  if (words.length < 2 || !/^\d+$/.test(number)) return undefined;
  const known = words.map(nearestWord);
  if (known.includes(undefined)) return undefined;
  const meant = [...known, number].join("-");
  return meant === region ? undefined : meant;
}

function nearestWord(word: string): string | undefined {
  if (WORDS.includes(word)) return word;
  return WORDS.find((candidate) => isOneSlipApart(word, candidate));
}

/** One letter more, less or other, or two that changed places; a short word needs the last. */
function isOneSlipApart(word: string, candidate: string): boolean {
  const sorted = (text: string): string => [...text].sort().join("");
  if (sorted(word) === sorted(candidate)) return true;
  if (candidate.length <= 4) return false;
  // They differ somewhere.
  let start = 0;
  while (word[start] === candidate[start]) start += 1;
  let end = 0;
  const longest = Math.min(word.length, candidate.length) - start;
  while (end < longest && word.at(-1 - end) === candidate.at(-1 - end)) end += 1;
  return Math.max(word.length, candidate.length) - start - end <= 1;
}

/** The partition that a region belongs to; its ARNs start with it. */
export function partitionOf(region: string): string {
  const [prefix = ""] = /^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z])(?=-)/.exec(region) ?? [];
  return ["aws", prefix.replace(/^..-iso/, "iso-").replace(/-$/, "")].filter(Boolean).join("-");
}

/** An ARN of another partition than the region's, where only the same can work. */
export const partitionOfArnProblem =
  (region: string) =>
  (arn: string): string | undefined =>
    arn.split(":")[1] === partitionOf(region)
      ? undefined
      : `must be of the partition ${partitionOf(region)}, to which ${region} belongs`;

/**
 * An ARN of another region, or of another partition, where only the same can work; `of` is what is
 * in the region, for the message.
 */
export const regionOfArnProblem =
  (region: string, of: string) =>
  (arn: string): string | undefined => {
    const given = arn.split(":")[3];
    return given === region
      ? partitionOfArnProblem(region)(arn)
      : `must be in ${region}, the region of ${of}; it is in ${given}`;
  };
