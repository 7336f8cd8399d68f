/**
 * What agrees, found where the data is: statements over an export of the ledger table (`table_items`), the lines of the gateway's exports (`export_lines`) and the records that wait
 * (`waiting_records`). A line and a payment are settled when they name each other and nothing else, say the same amount, and nothing else is to be said of them. Neither is
 * then a partner for anything else, so that what is left can be compared by itself, by the same rules as ever: refunds, ties, splits, weaker names and whatever is not as
 * plain as that is never decided here.
 */
import type { Millis } from "../../callback.ts";
import { longestInTime } from "../compare/our-payments.ts";
import { integer, jsonOf, quoted, textAtPath as text, textsAtPath as texts } from "./trino.ts";

export interface SettleOrder {
  /** Of the ledger's lines of this source: what their partition keys begin with. */
  readonly partition: string;
  /** The sort key of what joins a payment's ids. */
  readonly link: string;
  readonly from: Millis;
  readonly asOf: Millis;
}

export interface Settling {
  /** Tables, each made of those before it. */
  readonly tables: readonly { readonly name: string; readonly query: string }[];
  /** For each currency: the lines that are settled, and their sum. */
  readonly sums: string;
  /** What is left: lines as JSON, and every item of each of our lines that has to do with it. */
  readonly lines: string;
  readonly items: string;
  /** Names of contracts, customers and orders that both what is left of ours and any line have. */
  readonly names: string;
}

export const settling = ({ partition, link, from, asOf }: SettleOrder): Settling => {
  const queries: Readonly<Record<string, string>> = {
    // Once over the whole table; all that follows reads what is left of it.
    entries: `select substr(pk, ${partition.length + 1}) as place, sk, record, heard, event, link_ids, link_contracts,
  ${text("event", "type")} as type, ${text("event", "charge")} as charge, ${texts("event", "alsoKnownAs")} as also, ${text("event", "part")} as part,
  ${text("event", "refund")} as refund, ${text("event", "dispute")} as dispute, ${text("event", "contract")} as contract,
  ${text("event", "customer")} as customer, ${text("event", "order")} as ordered,
  ${integer(text("event", "amount.minor"))} as minor, ${text("event", "amount.currency")} as currency, ${integer(text("event", "occurredAt"))} as happened
from (select item.pk.s as pk, item.sk.s as sk, item.record.s as record, ${integer("item.heardat.n")} as heard, item.event.s as event,
  item.ids.ss as link_ids, item.contracts.ss as link_contracts from table_items) as raw
where starts_with(pk, ${quoted(partition)}) and (event is not null or sk = ${quoted(link)})`,
    // What belongs to a contract stands in its line as a whole.
    known: `select e.* from entries as e left join (
  select place from entries group by place
  having bool_or(sk = ${quoted(link)} and coalesce(cardinality(link_contracts), 0) > 0) and not coalesce(bool_or(contract = place), false)
) as elsewhere on e.place = elsewhere.place
where elsewhere.place is null and e.event is not null and e.happened < ${asOf}`,
    known_ids: `select place, coalesce(charge, sk) as unit, charge as id from known where charge is not null
union select place, coalesce(charge, sk), t.id from known cross join unnest(also) as t(id) where t.id is not null`,
    line_ids: `select n, t.id from export_lines cross join unnest(ids) as t(id)`,
    line_names: `select n, id as name from line_ids
union select n, reference from export_lines where reference is not null
union select n, ordered from export_lines where ordered is not null`,
    // One payment: the events of a line that name it alike. Plain: it was taken, and that is all that was said of it.
    units: `select k.place, coalesce(k.charge, k.sk) as unit, max(k.happened) as last_at, max(case when k.type = 'charge.succeeded' then k.minor end) as minor,
  max(case when k.type = 'charge.succeeded' then k.currency end) as currency,
  bool_and(k.type = 'charge.succeeded' or starts_with(k.type, 'contract.')) and bool_or(k.type = 'charge.succeeded') and bool_and(k.charge is not null)
    and bool_and(k.refund is null and k.dispute is null and w.record is null and coalesce(k.heard - k.happened, 0) <= ${longestInTime})
    and count(distinct k.part) <= 1 and count(distinct k.ordered) <= 1
    and bool_and(k.type <> 'charge.succeeded' or (k.minor is not null and k.minor > 1 and k.currency is not null))
    and count(distinct case when k.type = 'charge.succeeded' then k.minor end) = 1
    and count(distinct case when k.type = 'charge.succeeded' then k.currency end) = 1 as is_plain,
  bool_and(k.charge is null and coalesce(cardinality(k.also), 0) = 0 and k.part is null and k.refund is null and k.dispute is null
    and not starts_with(k.type, 'charge.') and not starts_with(k.type, 'refund.') and not starts_with(k.type, 'dispute.')
    and not starts_with(k.type, 'card.')) as is_neutral
from known as k left join waiting_records as w on k.record = w.record
group by k.place, coalesce(k.charge, k.sk)`,
    // An id that two payments have is nobody's alone.
    shared: `select distinct i.place, i.unit from known_ids as i
join (select id from known_ids group by id having count(*) > 1) as often on i.id = often.id`,
    pairs: `select one.n, one.place, one.unit from (
  select l.n, min(i.place) as place, min(i.unit) as unit from line_ids as l join known_ids as i on l.id = i.id
  group by l.n having min(i.place) = max(i.place) and min(i.unit) = max(i.unit)
) as one
join (
  select i.place, i.unit from known_ids as i join line_ids as l on l.id = i.id
  group by i.place, i.unit having min(l.n) = max(l.n)
) as alone on alone.place = one.place and alone.unit = one.unit
join units as u on u.place = one.place and u.unit = one.unit and u.is_plain
join export_lines as l on l.n = one.n and l.plain and l.minor = u.minor and l.currency = u.currency`,
    named: `select distinct i.place, i.unit from known_ids as i join line_names as l on l.name = i.id
union select k.place, coalesce(k.charge, k.sk) from known as k join line_names as l on l.name = k.ordered
union select k.place, coalesce(k.charge, k.sk) from known as k join line_names as l on l.name = k.refund
union select k.place, coalesce(k.charge, k.sk) from known as k join line_names as l on l.name = k.dispute`,
    // A place is left as a whole, with all that its payments have to do with.
    left_places: `select place from (
  select u.place from units as u
  left join pairs as p on p.place = u.place and p.unit = u.unit
  left join named as m on m.place = u.place and m.unit = u.unit
  where p.n is null and not u.is_neutral and not (m.unit is null and u.last_at < ${from})
  union
  select i.place from shared as i
  union
  select e.place from entries as e cross join unnest(e.link_ids) as t(id)
  left join known_ids as i on i.place = e.place and i.id = t.id
  where e.sk = ${quoted(link)} and i.id is null and coalesce(cardinality(e.link_contracts), 0) = 0
) as unsettled`,
    settled: `select p.n from pairs as p left join left_places as u on u.place = p.place where u.place is null`,
    rest: `select e.* from entries as e join left_places as u on e.place = u.place`,
  };
  return {
    tables: Object.entries(queries).map(([name, query]) => ({ name, query })),
    sums: `select l.currency, cast(count(*) as varchar), cast(sum(l.minor) as varchar) from export_lines as l join settled as s on s.n = l.n group by l.currency`,
    lines: `select l.line from export_lines as l left join settled as s on s.n = l.n where s.n is null`,
    items: `select place, sk, record, cast(heard as varchar), event, ${jsonOf("link_ids")}, ${jsonOf("link_contracts")} from rest`,
    names: `select distinct a.name from (
  select contract as name from export_lines union select customer from export_lines union select ordered from export_lines
) as a join (
  select contract as name from rest union select customer from rest union select ordered from rest union select place from rest
) as b on a.name = b.name`,
  };
};
