/** What is recorded of a source's payments, as movements. Only those are kept that the other side names, or that lie in the time it covers. */
import type { Millis } from "../../callback.ts";
import type { Charge } from "../../ledger/payment/charge.ts";
import type { RecordKey } from "../../record.ts";
import { addMovement, createMovements, type Movement, type Movements, type Shared } from "./movements.ts";
import { type Column, codes, exact, none, rows } from "./numbers.ts";

export interface OurPayment {
  /** All ids by which the gateway names it. */
  readonly ids: readonly string[];
  readonly contract?: string | undefined;
  readonly customer?: string | undefined;
  readonly order?: string | undefined;
  readonly state: Charge["state"];
  readonly movements: readonly OurMovement[];
  /** What had gone back altogether after each refund that came after the time that is compared, in minor units. */
  readonly refundedLater?: readonly number[] | undefined;
}

export interface OurMovement extends Movement {
  /** The other side need not have it: a failure, a void, a dispute that nobody has lost. */
  readonly isOptional?: true;
  /** How long after its own time it was entered, where that was too long. */
  readonly late?: Millis;
  /** The record that reported it, where that is dead, waits or is held. */
  readonly waiting?: RecordKey;
}

export interface OurSide {
  readonly movements: Movements;
  /** Of each movement: whether the other side need not have it, or it is gone. */
  readonly standing: Column;
  /** NaN: in time. */
  readonly late: Column;
  /** A text; -1: what reported it has reached the application. */
  readonly waiting: Column;
  readonly contract: Column;
  readonly customer: Column;
  readonly order: Column;
  readonly state: Column;
  /** The id by which it is named: one that a line names too, where there is one. */
  readonly id: Column;
  /** The payment of an id; -1 where there is none. */
  paymentOf(text: number): number;
  /** The number of payments. */
  readonly payments: () => number;
  /** The movements of a payment: from the first up to, and not including, the second. */
  movementsOf(payment: number): readonly [number, number];
  /** Whether so much had gone back of it at any time after the one that is compared: an export says how it is when it is fetched. */
  hadGoneBack(payment: number, minor: number): boolean;
  /** The movement of a refund's or a dispute's id; -1 where there is none. */
  movementOf(text: number): number;
  /** The payment's row; -1 where it was not kept. */
  add(payment: OurPayment): number;
  /** Takes one back that turned out to be a part of another. */
  remove(payment: number): void;
}

/** What `standing` says. */
export const standings = { expected: 0, optional: 1, gone: 2 } as const;

export interface Period {
  /** Nothing before it is expected on the other side. */
  readonly from: Millis;
  /** What happened then or later is not compared. */
  readonly asOf: Millis;
}

export type NamesUsed = Readonly<Record<"contract" | "customer" | "order", boolean>>;

const everyName: NamesUsed = { contract: true, customer: true, order: true };

export const paymentStates = [
  "authorized",
  "succeeded",
  "failed",
  "voided",
  "refunded",
  "partly_refunded",
  "unknown",
] as const satisfies readonly Charge["state"][];

/** By the number of a text: that there is one is what most of them lack. */
const createOwners = () => {
  const owners = rows();
  return {
    get: owners.get,
    /** @param isBefore which of two that claim one id has it: not which was read first */
    set(text: number, owner: number, isBefore: (one: number, other: number) => boolean): void {
      const known = owners.get(text);
      if (known === none || isBefore(owner, known)) owners.set(text, owner);
    },
  };
};

/**
 * @param period in which a payment is kept also when the other side does not name it
 * @param named which weaker names the other side's lines have at all: the others are not looked up
 */
export const createOurSide = (shared: Shared, { from, asOf }: Period, named: NamesUsed = everyName): OurSide => {
  const { texts } = shared;
  const movements = createMovements();
  const side = {
    standing: codes(),
    late: exact(),
    waiting: rows(),
    contract: rows(),
    customer: rows(),
    order: rows(),
    state: codes(),
    id: rows(),
  };
  const [firstMovement, isGone] = [rows(), codes()];
  const [payments, references] = [createOwners(), createOwners()];
  const refundedLater = new Map<number, readonly number[]>();
  /** What no line names connects nothing, and is not kept: of a million payments hardly any needs a text of its own. */
  const known = (text: string | undefined): number => (text === undefined ? none : texts.find(text));
  const nameOf = (payment: number): string => (side.id.get(payment) === none ? "" : texts.text(side.id.get(payment)));
  const isBefore = (one: number, other: number): boolean => isGone.get(other) === 1 || nameOf(one) < nameOf(other);
  /** A won dispute has two movements: the first stands for it, since no payment is before itself. */
  const isMovementBefore = (one: number, other: number): boolean => isBefore(movements.payment.get(one), movements.payment.get(other));
  const movementsOf = (payment: number): readonly [number, number] => [
    firstMovement.get(payment),
    payment + 1 < side.id.length ? firstMovement.get(payment + 1) : movements.type.length,
  ];
  return {
    movements,
    ...side,
    paymentOf: payments.get,
    movementOf: references.get,
    hadGoneBack: (payment, minor) => refundedLater.get(payment)?.includes(minor) ?? false,
    payments: () => side.id.length,
    movementsOf,
    add(payment) {
      const ids = payment.ids.map(known).filter((id) => id >= 0);
      const order = named.order ? known(payment.order) : none;
      const isNamed = ids.length > 0 || order >= 0 || payment.movements.some(({ reference }) => known(reference) >= 0);
      if (!isNamed && !payment.movements.some(({ at, isOptional }) => !isOptional && at >= from && at < asOf)) return none;
      const row = side.id.push(ids[0] ?? (payment.ids[0] === undefined ? none : texts.add(payment.ids[0])));
      if (named.contract) side.contract.set(row, known(payment.contract));
      if (named.customer) side.customer.set(row, known(payment.customer));
      if (order !== none) side.order.set(row, order);
      side.state.push(paymentStates.indexOf(payment.state));
      for (const id of ids) payments.set(id, row, isBefore);
      if (payment.refundedLater) refundedLater.set(row, payment.refundedLater);
      firstMovement.push(movements.type.length);
      for (const movement of payment.movements) {
        const at = addMovement(movements, movement, row, shared);
        if (movement.isOptional) side.standing.set(at, standings.optional);
        if (movement.late !== undefined) side.late.set(at, movement.late);
        if (movement.waiting !== undefined) side.waiting.set(at, texts.add(movement.waiting));
        if (movements.reference.get(at) >= 0) references.set(movements.reference.get(at), at, isMovementBefore);
      }
      return row;
    },
    remove(payment) {
      isGone.set(payment, 1);
      const [from, end] = movementsOf(payment);
      for (let at = from; at < end; at++) side.standing.set(at, standings.gone);
    },
  };
};
