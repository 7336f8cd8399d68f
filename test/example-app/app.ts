/** Holdfast inside somebody else's app: imported by its name, beside their own resources, told to use their pager and their role. */
import { App, Stack } from "aws-cdk-lib";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Holdfast } from "holdfast";

const app = new App();
const shop = new Stack(app, "Shop");
const pager = new Topic(shop, "Pager", { enforceSSL: true });
const support = new Role(shop, "Support", { assumedBy: new AccountRootPrincipal() });

const callbacks = new Holdfast(shop, "Callbacks", {
  name: "shop-callbacks",
  sources: { sandbox: { gateway: "sandbox", target: "shop" } },
  targets: { shop: { kind: "http", url: "https://shop.example.com/webhooks", mode: "pass-through" } },
  alarmTopic: pager,
});
callbacks.grantOperate(support);
