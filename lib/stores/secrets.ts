import { ArnFormat, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import { postedSources, signedTargets, sourceSecretName, targetSecretName } from "../../core/config/of-config.ts";
import { agingSources } from "../../core/delivery/aging.ts";
import { findGateway } from "../../gateways/index.ts";
import { allow } from "../allow.ts";

/**
 * The places in Secrets Manager for the secrets that gateways share with us, one per source, and for the keys that signed
 * targets are signed with. A secret that the configuration names is assumed to exist already, and is only read.
 *
 * A new secret holds an empty list: nothing can match it, so until a person has put in the gateway's secret every callback
 * of that source is unverified. A stack update never touches what was put in.
 */
export class Secrets extends Construct {
  private readonly sources: readonly string[];
  private readonly targets: readonly string[];
  /** Of the sources whose callbacks are signed again when they are delivered. */
  private readonly resigned: readonly string[];
  /** Credentials of gateways' own APIs. They exist already. */
  private readonly apis: readonly string[];

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    const signed = signedTargets(config);
    const posted = postedSources(config);
    this.sources = posted.map((source) => sourceSecretName(config, source));
    this.targets = signed.map((target) => targetSecretName(config, target));
    const aging = agingSources(config, findGateway).filter(({ isResigned }) => isResigned);
    this.resigned = aging.map(({ source }) => sourceSecretName(config, source));
    this.apis = [...new Set(Object.values(config.sources).flatMap(({ options }) => options?.readBackSecret ?? []))];
    for (const [source, { gateway, secretName }] of Object.entries(config.sources)) {
      if (secretName === undefined && posted.includes(source))
        this.makeSecret(`Source-${source}`, sourceSecretName(config, source), `What ${gateway} signs the callbacks of ${source} with`);
    }
    for (const target of signed) {
      const settings = config.targets[target];
      if (settings?.kind === "http" && settings.secretName === undefined)
        this.makeSecret(`Target-${target}`, targetSecretName(config, target), `What deliveries to ${target} are signed with`);
    }
  }

  grantReadOfSources(grantee: IGrantable): void {
    this.grantRead(grantee, this.sources);
  }

  grantReadOfTargets(grantee: IGrantable): void {
    this.grantRead(grantee, this.targets);
  }

  grantReadOfResigned(grantee: IGrantable): void {
    this.grantRead(grantee, this.resigned);
  }

  grantReadOfApis(grantee: IGrantable): void {
    this.grantRead(grantee, this.apis);
  }

  /** By name, whether ours or not. After the name, a secret's ARN ends in six characters that nobody can know before it exists. */
  private grantRead(grantee: IGrantable, names: readonly string[]): void {
    if (names.length === 0) return;
    const secret = { service: "secretsmanager", resource: "secret", arnFormat: ArnFormat.COLON_RESOURCE_NAME };
    const arns = names.map((name) => Stack.of(this).formatArn({ ...secret, resourceName: `${name}-??????` }));
    allow(grantee, ["secretsmanager:GetSecretValue"], arns);
  }

  private makeSecret(id: string, secretName: string, description: string): void {
    const secret = new Secret(this, id, {
      secretName,
      description: `${description}: {"secrets": ["..."]}, all of them valid`,
      // Secrets Manager wants to generate something; it goes beside the list, where nobody reads it.
      generateSecretString: { secretStringTemplate: '{"secrets":[]}', generateStringKey: "unused" },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "The other side of this secret is the gateway's or the application's, and changes there first, by a person's hand; no rotation function can make that change. Several secrets are valid at once, so a rotation by hand needs no gap: add the new one, change the other side, remove the old one.",
    });
  }
}
