/**
 * An incident as data: who says what to Holdfast and when, what an operator does, and every finding that is open at the end of each scene. The
 * demo tells it to an operator and the tests hold the product to it: both read the same story.
 */
import type { ApplicationEventType } from "../../core/application/event.ts";
import type { Millis } from "../../core/callback.ts";
import type { Money } from "../../core/formats/money.ts";
import type { MomentKind } from "../../gateways/moment.ts";

/** One callback, of a gateway or of the application. */
export interface Told {
  /** When it happened. */
  readonly at: Millis;
  /** When it is sent, where that is later. */
  readonly sentAt?: Millis;
  readonly source: string;
  readonly side: "gateway" | "application";
  readonly what: MomentKind | ApplicationEventType;
  /** A name. Absent for those of whom nothing is to be found, who are only counted. */
  readonly who?: string;
  /** The ids of whom it is about: account, customer, contract, payment. */
  readonly ids: readonly string[];
  readonly amount?: Money;
  /** Before it is signed. */
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** What an operator decides. */
export type Deed =
  | { readonly kind: "take"; readonly finding: string; readonly by: string }
  | { readonly kind: "handle" | "dismiss"; readonly finding: string; readonly by: string; readonly why: string }
  | { readonly kind: "note"; readonly finding: string; readonly by: string; readonly text: string }
  | { readonly kind: "hold"; readonly target: string; readonly by: string; readonly why: string }
  | { readonly kind: "resume"; readonly target: string; readonly by: string; readonly ratePerSecond: number };

/** A finding that has to be open, and nothing else may be, from that moment on. */
export interface Awaited {
  readonly id: string;
  /** One for each currency; absent where nothing is known to be at stake. */
  readonly money?: readonly Money[];
  readonly from: Millis;
  /** When its cause is gone, or an operator has settled it. */
  readonly to?: Millis;
}

/** What happens to one person, and what has to be found of it. */
export interface Life {
  readonly person?: Person;
  readonly told: readonly Told[];
  readonly awaited: readonly Awaited[];
}

export interface Person {
  readonly name: string;
  /** In a few words, as the end of a sentence that begins with the name. */
  readonly about: string;
}

export interface Scene {
  /** What time it is then. Everything of the scene is sent at this moment, however long ago it happened. */
  readonly at: Millis;
  readonly title: string;
  /** Before anything is told. */
  readonly deeds: readonly Deed[];
  readonly told: readonly Told[];
  /** Each finding that is open at the end of it as its id and the money at stake, sorted: `A3:shop/sub_1 500 JPY`. */
  readonly open: readonly string[];
}

export interface Incident {
  readonly name: string;
  /** One line. */
  readonly about: string;
  /** The sources that it is told at; no other incident uses them. */
  readonly sources: readonly string[];
  /** With which the ids of its accounts begin. */
  readonly accounts: string;
  /** Those of whom something is found. */
  readonly people: readonly Person[];
  readonly scenes: readonly Scene[];
}

/** When the scenes are, and what an operator does in them. */
export type Frame = Pick<Scene, "at" | "title"> & { readonly deeds?: readonly Deed[] };

/** Everything is told in the first scene that is not before it is sent. */
export const scenesOf = (frames: readonly Frame[], lives: readonly Life[]): readonly Scene[] => {
  const told = lives
    .flatMap((life) => (life.awaited.length > 0 ? life.told : life.told.map(unnamed)))
    .sort((one, other) => sentAtOf(one) - sentAtOf(other));
  const awaited = lives.flatMap((life) => life.awaited);
  return frames.map(({ at, title, deeds = [] }, index) => {
    const before = frames[index - 1]?.at ?? Number.NEGATIVE_INFINITY;
    return {
      at,
      title,
      deeds,
      told: told.filter((one) => sentAtOf(one) > before && sentAtOf(one) <= at),
      open: awaited
        .filter(({ from, to }) => from <= at && (to === undefined || to > at))
        .map(({ id, money = [] }) => findingLine({ id, money }))
        .sort(),
    };
  });
};

/** Only those of whom something is found: for what takes long with everybody. */
export const withoutOthers = (incident: Incident): Incident => ({
  ...incident,
  scenes: incident.scenes.map((scene) => ({ ...scene, told: scene.told.filter(({ who }) => who !== undefined) })),
});

const unnamed = ({ who: _, ...told }: Told): Told => told;

export const peopleIn = (lives: readonly Life[]): readonly Person[] =>
  lives.flatMap(({ person, awaited }) => (person && awaited.length > 0 ? [person] : []));

/** Names for those in a story, one after the other. */
export const nameOf = (index: number): string => names[index % names.length] as string;

const names = ["Aiko", "Ben", "Chie", "Daniel", "Emi", "Finn", "Goro", "Hana", "Ivo", "Jun", "Kaori", "Leon", "Mei", "Nils"];

const sentAtOf = ({ at, sentAt = at }: Told): Millis => sentAt;

/** A finding in the words of `Scene.open`. */
export const findingLine = ({ id, money }: { readonly id: string; readonly money: readonly Money[] }): string =>
  [id, ...money.map(({ minor, currency }) => `${minor} ${currency}`)].join(" ");
