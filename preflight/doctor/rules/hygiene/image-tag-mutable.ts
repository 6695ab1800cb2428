import type { Rule } from "../../rule";

export const imageTagMutable: Rule = {
  id: "image-tag-mutable",
  severity: "warning",
  why:
    "A stack that pins one image by digest means to know what it runs; under a tag another " +
    "image can appear at the next restart of a pod. With a protected database, at least no " +
    "pod should follow 'latest'.",
  remedy: "Pin the image by its digest: NAME@sha256:….",
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  check: ({ workloads, databases }) => {
    const digests = workloads.some(({ images }) => images.some(isPinned));
    const keepsData = databases.some(({ isGuarded }) => isGuarded);
    const tooLoose = (image: string): boolean =>
      // An image without a name is known only after the update.
      image !== "" && ((digests && !isPinned(image)) || (keepsData && isLatest(image)));
    return workloads.flatMap(({ urn, label, images }) =>
      images
        .filter(tooLoose)
        .map((image) => ({ urn, message: `${label} runs ${image}, which can change` })),
    );
  },
};

const isPinned = (image: string): boolean => image.includes("@sha256:");

const isLatest = (image: string): boolean => {
  const [name = ""] = image.split("/").slice(-1);
  return !isPinned(image) && (!name.includes(":") || name.endsWith(":latest"));
};
