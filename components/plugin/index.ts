// In this order: what is put off, the SDK's server (`provider` would load the analyzer as well), ours.
import "./defer";
import { main } from "@pulumi/pulumi/provider/server";
import { provider } from "./provider";

void main(provider, process.argv.slice(2));
