/** How each language writes dates and money, and what a letter says in it. */
import type { Millis } from "../../../core/callback.ts";
import { exponentOf, type Money, majorText } from "../../../core/formats/money.ts";
import type { Zone } from "../../../core/formats/zone.ts";

export const languages = ["ja", "en"] as const;
export type Language = (typeof languages)[number];

export interface Words {
  readonly title: string;
  readonly salutation: (name: string) => string;
  readonly greeting: string;
  readonly columns: {
    readonly date: string;
    readonly payment: string;
    readonly charged: string;
    readonly back: string;
    readonly left: string;
  };
  readonly sum: string;
  readonly sumWithEstimates: string;
  readonly contract: string;
  readonly single: string;
  readonly estimated: string;
  readonly aboutEstimates: (from: string) => string;
  readonly aboutBack: string;
  readonly aboutDates: (zone: string) => string;
  readonly page: string;
}

export const words: Readonly<Record<Language, Words>> = {
  ja: {
    title: "ご返金のお知らせ",
    salutation: (name) => `お客様番号　${name}　様`,
    greeting: "平素よりご利用いただき、誠にありがとうございます。下記のご請求につきまして、次のとおりご返金いたします。",
    columns: {
      date: "ご請求日",
      payment: "決済番号",
      charged: "ご請求額",
      back: "ご返金済みの額",
      left: "今回のご返金額",
    },
    sum: "ご返金額の合計",
    sumWithEstimates: "ご返金額の合計（推定を含みます）",
    contract: "ご契約番号",
    single: "単品のご購入",
    estimated: "推定",
    aboutEstimates: (from) =>
      `「推定」とある行は、決済の記録が残っていない${from}より前のご請求を、初回のお申し込み日、お支払いの周期、および当時の料金から推定したものです。`,
    aboutBack: "「ご返金済みの額」は、これまでにご返金した額、およびカード会社等を通じて既に返還された額です。",
    aboutDates: (zone) => (zone === "Asia/Tokyo" ? "日付は日本時間によります。" : `日付は ${zone} の時刻によります。`),
    page: "ご返金明細",
  },
  en: {
    title: "Your refund",
    salutation: (name) => `Customer ${name}`,
    greeting: "Thank you for your custom. We are refunding the charges listed below.",
    columns: {
      date: "Charged on",
      payment: "Payment",
      charged: "Charged",
      back: "Returned before",
      left: "Refund",
    },
    sum: "Total refund",
    sumWithEstimates: "Total refund (includes estimates)",
    contract: "Contract",
    single: "Single purchases",
    estimated: "estimate",
    aboutEstimates: (from) =>
      `Lines marked “estimate” are charges due before ${from}, of which no payment records are left. They are estimated from the date of the first purchase, the billing interval and the price at the time.`,
    aboutBack: "“Returned before” is what has been refunded already, and what was returned through the card company or bank.",
    aboutDates: (zone) => `Dates are in the time zone ${zone}.`,
    page: "Refund statement",
  },
};

const locales: Readonly<Record<Language, string>> = { ja: "ja-JP", en: "en-GB" };

/** `2026年11月20日`, `20 November 2026` */
export const dateIn = (language: Language, moment: Millis, zone: Zone): string =>
  new Intl.DateTimeFormat(locales[language], { timeZone: zone, year: "numeric", month: "long", day: "numeric" }).format(moment);

/** `1,980円`, `¥1,980`; `19.50米ドル`, `US$19.50`. */
export const moneyIn = (language: Language, money: Money): string => {
  const digits = exponentOf(money.currency);
  const currencyDisplay = language === "ja" ? "name" : "symbol";
  const format = new Intl.NumberFormat(locales[language], {
    style: "currency",
    currency: money.currency,
    currencyDisplay,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const text = format.format(majorText(money) as Intl.StringNumericLiteral);
  // In English the yen is written with its sign alone.
  return language === "en" ? text.replace(/^(-?)JP¥/, "$1¥") : text.replace(/\s/g, "");
};
