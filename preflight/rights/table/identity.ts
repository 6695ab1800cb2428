import type { Rows } from "./row";

const ROLE = ["iam:role{path=/}{name}"];
const OF_ROLE = ["iam:role/{role}"];

/** Roles, their policies, and issuers of tokens. */
export const IDENTITY_ROWS: Rows = {
  "aws:iam/role:Role": [
    {
      write:
        "iam: CreateRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole " +
        "TagRole UntagRole",
      read:
        "iam: GetRole GetRolePolicy ListRolePolicies ListAttachedRolePolicies " +
        "ListInstanceProfilesForRole",
      on: ROLE,
    },
    {
      write: "iam: PutRolePermissionsBoundary DeleteRolePermissionsBoundary",
      on: ROLE,
      when: "permissionsBoundary",
    },
    { write: "iam: PutRolePolicy DeleteRolePolicy", on: ROLE, when: "inlinePolicies" },
    {
      write: "iam: AttachRolePolicy DetachRolePolicy",
      on: ROLE,
      when: "managedPolicyArns",
    },
  ],
  "aws:iam/rolePolicy:RolePolicy": [
    { write: "iam: PutRolePolicy DeleteRolePolicy", read: "iam: GetRolePolicy", on: OF_ROLE },
  ],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
    { read: "iam: ListAttachedRolePolicies", on: OF_ROLE },
    {
      write: "iam: AttachRolePolicy DetachRolePolicy",
      on: OF_ROLE,
      only: { key: "iam:PolicyARN", values: ["{policyArn|iam:policy/*}"] },
    },
  ],
  "aws:iam/policy:Policy": [
    {
      write:
        "iam: CreatePolicy CreatePolicyVersion DeletePolicyVersion DeletePolicy " +
        "TagPolicy UntagPolicy",
      read: "iam: GetPolicy GetPolicyVersion ListPolicyVersions",
      on: ["iam:policy{path=/}{name}"],
    },
  ],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": [
    {
      write:
        "iam: CreateOpenIDConnectProvider DeleteOpenIDConnectProvider " +
        "UpdateOpenIDConnectProviderThumbprint AddClientIDToOpenIDConnectProvider " +
        "RemoveClientIDFromOpenIDConnectProvider TagOpenIDConnectProvider UntagOpenIDConnectProvider",
      read: "iam: GetOpenIDConnectProvider",
      on: ["iam:oidc-provider/{url}"],
    },
  ],
};
