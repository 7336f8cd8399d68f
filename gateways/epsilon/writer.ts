/** GMO Epsilon: that a payment came in, and nothing else with a known meaning. Monthly charges are reported in ways that are not public. */

import type { Writer } from "../writer.ts";
import { major, shiftJisForm } from "../writing.ts";

export const writer: Writer = {
  ids: {
    contract: ({ text }) => text,
    customer: ({ text }) => `member-${text}`,
    charge: ({ digits }) => digits,
    order: ({ text }) => text,
    part: ({ text }) => text,
  },
  scenes: {
    paid: (moment, options) => [
      {
        reports: ["charge.succeeded"],
        body: shiftJisForm({
          trans_code: moment.charge,
          user_id: moment.customer,
          order_number: moment.order,
          item_price: major(moment.amount),
          contract_code: options.contractCode ?? "12345670",
          user_name: "山田太郎",
          state: "1",
          paid: "1",
        }),
      },
    ],
  },
};
