/**
 * Kubernetes' own image of kubectl, of the version that a new cluster gets.
 *
 * @see https://kubernetes.io/releases/download/#container-images
 */
export const KUBECTL_IMAGE = "registry.k8s.io/kubectl:v1.35.0";
