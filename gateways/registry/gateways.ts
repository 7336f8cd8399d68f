/** Made from the gateways' folders by `npm run build`. Add a folder, not a line. */
import * as adyenFacts from "../adyen/facts.ts";
import * as adyenFront from "../adyen/front.ts";
import * as adyenMeaning from "../adyen/meaning.ts";
import * as adyenMode from "../adyen/mode.ts";
import * as appFacts from "../app/facts.ts";
import * as appFront from "../app/front.ts";
import * as appMeaning from "../app/meaning.ts";
import * as appApplicationEvents from "../app/application-events.ts";
import * as braintreeFacts from "../braintree/facts.ts";
import * as braintreeFront from "../braintree/front.ts";
import * as braintreeMeaning from "../braintree/meaning.ts";
import * as epsilonFacts from "../epsilon/facts.ts";
import * as epsilonFront from "../epsilon/front.ts";
import * as epsilonMeaning from "../epsilon/meaning.ts";
import * as fincodeFacts from "../fincode/facts.ts";
import * as fincodeFront from "../fincode/front.ts";
import * as fincodeMeaning from "../fincode/meaning.ts";
import * as fincodeMode from "../fincode/mode.ts";
import * as fincodeReadBack from "../fincode/read-back.ts";
import * as gmoPgFacts from "../gmo-pg/facts.ts";
import * as gmoPgFront from "../gmo-pg/front.ts";
import * as gmoPgMeaning from "../gmo-pg/meaning.ts";
import * as gmoPgReadBack from "../gmo-pg/read-back.ts";
import * as hmacFacts from "../hmac/facts.ts";
import * as hmacFront from "../hmac/front.ts";
import * as hmacMeaning from "../hmac/meaning.ts";
import * as hmacAging from "../hmac/aging.ts";
import * as komojuFacts from "../komoju/facts.ts";
import * as komojuFront from "../komoju/front.ts";
import * as komojuMeaning from "../komoju/meaning.ts";
import * as komojuReadBack from "../komoju/read-back.ts";
import * as lemonSqueezyFacts from "../lemon-squeezy/facts.ts";
import * as lemonSqueezyFront from "../lemon-squeezy/front.ts";
import * as lemonSqueezyMeaning from "../lemon-squeezy/meaning.ts";
import * as lemonSqueezyMode from "../lemon-squeezy/mode.ts";
import * as paddleFacts from "../paddle/facts.ts";
import * as paddleFront from "../paddle/front.ts";
import * as paddleMeaning from "../paddle/meaning.ts";
import * as paddleAging from "../paddle/aging.ts";
import * as paidyFacts from "../paidy/facts.ts";
import * as paidyFront from "../paidy/front.ts";
import * as paidyMeaning from "../paidy/meaning.ts";
import * as paidyReadBack from "../paidy/read-back.ts";
import * as payjpFacts from "../payjp/facts.ts";
import * as payjpFront from "../payjp/front.ts";
import * as payjpMeaning from "../payjp/meaning.ts";
import * as payjpMode from "../payjp/mode.ts";
import * as payjpReadBack from "../payjp/read-back.ts";
import * as paypalFacts from "../paypal/facts.ts";
import * as paypalFront from "../paypal/front.ts";
import * as paypalMeaning from "../paypal/meaning.ts";
import * as paypalMode from "../paypal/mode.ts";
import * as paypalAging from "../paypal/aging.ts";
import * as sandboxFacts from "../sandbox/facts.ts";
import * as sandboxFront from "../sandbox/front.ts";
import * as sandboxMeaning from "../sandbox/meaning.ts";
import * as sandboxMode from "../sandbox/mode.ts";
import * as sandboxAging from "../sandbox/aging.ts";
import * as sbpsFacts from "../sbps/facts.ts";
import * as sbpsFront from "../sbps/front.ts";
import * as sbpsMeaning from "../sbps/meaning.ts";
import * as shopifyFacts from "../shopify/facts.ts";
import * as shopifyFront from "../shopify/front.ts";
import * as shopifyMeaning from "../shopify/meaning.ts";
import * as shopifyMode from "../shopify/mode.ts";
import * as squareFacts from "../square/facts.ts";
import * as squareFront from "../square/front.ts";
import * as squareMeaning from "../square/meaning.ts";
import * as squareMode from "../square/mode.ts";
import * as standardWebhooksFacts from "../standard-webhooks/facts.ts";
import * as standardWebhooksFront from "../standard-webhooks/front.ts";
import * as standardWebhooksMeaning from "../standard-webhooks/meaning.ts";
import * as standardWebhooksAging from "../standard-webhooks/aging.ts";
import * as stripeFacts from "../stripe/facts.ts";
import * as stripeFront from "../stripe/front.ts";
import * as stripeMeaning from "../stripe/meaning.ts";
import * as stripeMode from "../stripe/mode.ts";
import * as stripeAging from "../stripe/aging.ts";
import * as telecomCreditFacts from "../telecom-credit/facts.ts";
import * as telecomCreditFront from "../telecom-credit/front.ts";
import * as telecomCreditMeaning from "../telecom-credit/meaning.ts";
import * as veritransFacts from "../veritrans/facts.ts";
import * as veritransFront from "../veritrans/front.ts";
import * as veritransMeaning from "../veritrans/meaning.ts";
import * as veritransMode from "../veritrans/mode.ts";
import * as zeusFacts from "../zeus/facts.ts";
import * as zeusFront from "../zeus/front.ts";
import * as zeusMeaning from "../zeus/meaning.ts";
import type { Gateway } from "../gateway.ts";

export const gateways = {
  adyen: {
    ...adyenFront.front,
    facts: adyenFacts.facts,
    parse: adyenMeaning.parse,
    modeOf: adyenMode.modeOf,
    sign: adyenFront.sign,
  },
  app: {
    ...appFront.front,
    facts: appFacts.facts,
    parse: appMeaning.parse,
    applicationEvents: appApplicationEvents.applicationEvents,
    sign: appFront.sign,
  },
  braintree: {
    ...braintreeFront.front,
    facts: braintreeFacts.facts,
    parse: braintreeMeaning.parse,
    sign: braintreeFront.sign,
  },
  epsilon: {
    ...epsilonFront.front,
    facts: epsilonFacts.facts,
    parse: epsilonMeaning.parse,
    sign: epsilonFront.sign,
  },
  fincode: {
    ...fincodeFront.front,
    facts: fincodeFacts.facts,
    parse: fincodeMeaning.parse,
    modeOf: fincodeMode.modeOf,
    readBack: fincodeReadBack.readBack,
    sign: fincodeFront.sign,
  },
  "gmo-pg": {
    ...gmoPgFront.front,
    facts: gmoPgFacts.facts,
    parse: gmoPgMeaning.parse,
    readBack: gmoPgReadBack.readBack,
    sign: gmoPgFront.sign,
  },
  hmac: {
    ...hmacFront.front,
    facts: hmacFacts.facts,
    parse: hmacMeaning.parse,
    aging: hmacAging.aging,
    sign: hmacFront.sign,
  },
  komoju: {
    ...komojuFront.front,
    facts: komojuFacts.facts,
    parse: komojuMeaning.parse,
    readBack: komojuReadBack.readBack,
    sign: komojuFront.sign,
  },
  "lemon-squeezy": {
    ...lemonSqueezyFront.front,
    facts: lemonSqueezyFacts.facts,
    parse: lemonSqueezyMeaning.parse,
    modeOf: lemonSqueezyMode.modeOf,
    sign: lemonSqueezyFront.sign,
  },
  paddle: {
    ...paddleFront.front,
    facts: paddleFacts.facts,
    parse: paddleMeaning.parse,
    aging: paddleAging.aging,
    sign: paddleFront.sign,
  },
  paidy: {
    ...paidyFront.front,
    facts: paidyFacts.facts,
    parse: paidyMeaning.parse,
    readBack: paidyReadBack.readBack,
    sign: paidyFront.sign,
  },
  payjp: {
    ...payjpFront.front,
    facts: payjpFacts.facts,
    parse: payjpMeaning.parse,
    modeOf: payjpMode.modeOf,
    readBack: payjpReadBack.readBack,
    sign: payjpFront.sign,
  },
  paypal: {
    ...paypalFront.front,
    facts: paypalFacts.facts,
    parse: paypalMeaning.parse,
    modeOf: paypalMode.modeOf,
    aging: paypalAging.aging,
    sign: paypalFront.sign,
  },
  sandbox: {
    ...sandboxFront.front,
    facts: sandboxFacts.facts,
    parse: sandboxMeaning.parse,
    modeOf: sandboxMode.modeOf,
    aging: sandboxAging.aging,
    sign: sandboxFront.sign,
  },
  sbps: {
    ...sbpsFront.front,
    facts: sbpsFacts.facts,
    parse: sbpsMeaning.parse,
    sign: sbpsFront.sign,
  },
  shopify: {
    ...shopifyFront.front,
    facts: shopifyFacts.facts,
    parse: shopifyMeaning.parse,
    modeOf: shopifyMode.modeOf,
    sign: shopifyFront.sign,
  },
  square: {
    ...squareFront.front,
    facts: squareFacts.facts,
    parse: squareMeaning.parse,
    modeOf: squareMode.modeOf,
    sign: squareFront.sign,
  },
  "standard-webhooks": {
    ...standardWebhooksFront.front,
    facts: standardWebhooksFacts.facts,
    parse: standardWebhooksMeaning.parse,
    aging: standardWebhooksAging.aging,
    sign: standardWebhooksFront.sign,
  },
  stripe: {
    ...stripeFront.front,
    facts: stripeFacts.facts,
    parse: stripeMeaning.parse,
    modeOf: stripeMode.modeOf,
    aging: stripeAging.aging,
    sign: stripeFront.sign,
  },
  "telecom-credit": {
    ...telecomCreditFront.front,
    facts: telecomCreditFacts.facts,
    parse: telecomCreditMeaning.parse,
    sign: telecomCreditFront.sign,
  },
  veritrans: {
    ...veritransFront.front,
    facts: veritransFacts.facts,
    parse: veritransMeaning.parse,
    modeOf: veritransMode.modeOf,
    sign: veritransFront.sign,
  },
  zeus: {
    ...zeusFront.front,
    facts: zeusFacts.facts,
    parse: zeusMeaning.parse,
    sign: zeusFront.sign,
  },
} satisfies Readonly<Record<string, Gateway>>;
