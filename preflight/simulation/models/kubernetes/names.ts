import { evenEmpty } from "./checks";
import { all, between, form, sized, type ValueRule } from "../value-rules";

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const SUBDOMAIN_WORDS =
  "be lower-case letters, digits, '-' and '.', each part starting and ending with a letter or digit";

/**
 * The name of a namespace, a Service, a container or a volume, by RFC 1123. Before Kubernetes 1.36
 * that of a Service begins with a letter.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export const dnsLabel = all(
  form(
    new RegExp(`^${LABEL}$`),
    "be lower-case letters, digits and '-', and start and end with a letter or digit",
  ),
  sized(1, 63),
);

/**
 * The name of most objects.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export const dnsSubdomain = all(form(new RegExp(`^${SUBDOMAIN}$`), SUBDOMAIN_WORDS), sized(1, 253));

/**
 * The name of an object that may be generated: whole, or the part before a suffix.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/api/validation/generic.go `maskTrailingDash`
 */
export const namePrefix: ValueRule = (value) =>
  dnsSubdomain(typeof value === "string" ? value.replace(/(.)-$/, "$1a") : value);

/** Its pods have it as a label. */
export const jobName = all(dnsSubdomain, sized(1, 63));

/** What Kubernetes adds for each Job has to fit as well. */
export const cronJobName = all(dnsSubdomain, sized(1, 52));

/**
 * The name of a CSI driver.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/storage/validation/validation.go `ValidateCSIDriverName`
 */
export const driverName = all(
  form(new RegExp(`^${SUBDOMAIN}$`, "i"), SUBDOMAIN_WORDS.replace("lower-case ", "")),
  sized(1, 63),
);

/**
 * The name of an object whose kind asks for no more than that it fits into a URL, e.g. `system:node`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names
 */
export const pathSegment = form(
  /^(?!\.{1,2}$)[^/%]+$/,
  "contain neither '/' nor '%', and be neither '.' nor '..'",
);

/**
 * The name of a Helm release.
 *
 * @see https://github.com/helm/helm/blob/v3.19.0/pkg/chartutil/validate_name.go
 */
export const releaseName = all(form(new RegExp(`^${SUBDOMAIN}$`), SUBDOMAIN_WORDS), sized(1, 53));

/**
 * A host that a certificate is for; the first label may be `*`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
 */
export const certificateHost = all(
  form(new RegExp(`^(\\*\\.)?${SUBDOMAIN}$`), `${SUBDOMAIN_WORDS}; the first part may be '*'`),
  sized(1, 253),
);

/** A host of an Ingress: a name, no address. */
export const host = all(
  form(/^(?!\d+(\.\d+){3}$)/, "be a DNS name, not an IP address"),
  certificateHost,
);

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/**
 * The key of a label.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export const qualifiedName: ValueRule = (value) => {
  const parts = String(value).split("/");
  const name = parts.at(-1) ?? "";
  const prefixes = parts.slice(0, -1);
  const isName = NAME.test(name) && name.length <= 63;
  return isName && prefixes.length <= 1 && prefixes.every((prefix) => !dnsSubdomain(prefix))
    ? undefined
    : "must be up to 63 letters, digits, '-', '_' and '.', starting and ending with a letter or " +
        "digit, after at most one DNS subdomain and '/'";
};

/**
 * The key of an annotation: as that of a label, whose prefix may have capitals.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set
 */
export const annotationKey: ValueRule = (value) => qualifiedName(String(value).toLowerCase());

/** The value of a label, which may be empty. */
export const labelValue = all(
  form(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
    "be letters, digits, '-', '_' and '.', and start and end with a letter or digit",
  ),
  sized(0, 63),
);

/**
 * The key of a ConfigMap or a Secret.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object
 */
export const dataKey = all(
  form(
    /^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/,
    "be letters, digits, '-', '_' and '.', and neither be '.' nor start with '..'",
  ),
  sized(1, 253),
);

/**
 * The name of an environment variable. Since 1.32 nearly all are taken.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export const environmentName = form(/^[ -<>-~]+$/, "be printable ASCII characters without '='");

/**
 * The name of a container's port, by RFC 6335.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
 */
export const portName = all(
  form(
    /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
    "be lower-case letters, at least one, digits and single '-' between them",
  ),
  sized(1, 15),
);

/** Text: the API server turns no other value into it. */
export const text: ValueRule = (value) => (typeof value === "string" ? undefined : "must be text");

/** A whole number, which text with digits is not. */
export const whole = (least: number, most = 2_147_483_647): ValueRule =>
  evenEmpty((value) => between(least, most)(typeof value === "number" ? value : Number.NaN));

export const portNumber = whole(1, 65_535);

/** A port by its number or its name. */
export const port: ValueRule = (value) =>
  typeof value === "number" ? portNumber(value) : portName(value);

/** A number of pods, or a percentage of them. */
export const amount = (mostPercent = Number.POSITIVE_INFINITY): ValueRule =>
  evenEmpty((value) => {
    const percent = /^(\d+)%$/.exec(String(value))?.[1];
    if (percent === undefined)
      return whole(0)(value) && "must be a whole number from 0, or a percentage such as '25%'";
    return Number(percent) <= mostPercent ? undefined : `must not exceed ${mostPercent}%`;
  });

/** A file's mode. */
export const fileMode = whole(0, 0o777);

/** Bytes as JSON carries them. */
export const base64 = form(
  /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  "be Base64",
);

/**
 * A path inside a volume.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/validation/validation.go `validateLocalDescendingPath`
 */
export const pathInVolume = form(
  /^(?!\/|([^]*\/)?\.\.(\/|$))/,
  "be a relative path without '..' in it",
);

/** A file that a volume is given. What begins with two dots there is the kubelet's own. */
export const fileInVolume = all(pathInVolume, form(/^(?!\.\.)/, "not start with '..'"));
