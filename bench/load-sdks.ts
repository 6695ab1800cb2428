// The floor: what loading the SDKs costs before anything is declared.
import "@pulumi/aws";
import "@pulumi/eks";
import "@pulumi/kubernetes";
import "@pulumi/pulumi";
import "@pulumi/random";
