/** Made from the gateways' folders by `npm run build`. Add a folder, not a line. */
import type { ExportKind } from "../../core/mapping/layout.ts";
import * as adyen from "../adyen/export.ts";
import * as braintree from "../braintree/export.ts";
import * as gmoPg from "../gmo-pg/export.ts";
import * as paypal from "../paypal/export.ts";
import * as paypay from "../paypay/export.ts";
import * as shopify from "../shopify/export.ts";
import * as square from "../square/export.ts";
import * as stripe from "../stripe/export.ts";
import * as zeus from "../zeus/export.ts";

export const exportKinds: readonly ExportKind[] = [
  ...adyen.exportKinds,
  ...braintree.exportKinds,
  ...gmoPg.exportKinds,
  ...paypal.exportKinds,
  ...paypay.exportKinds,
  ...shopify.exportKinds,
  ...square.exportKinds,
  ...stripe.exportKinds,
  ...zeus.exportKinds,
];
