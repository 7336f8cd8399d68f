/**
 * GMO-PG: `POST /payment/SearchTrade.idPass` with the shop's password says whose payment it was, where the payment was made by a
 * stored member. It does not say which recurring contract it belongs to.
 * The specification is not public: names from published clients (M). The answer is a form; an error is one with ErrCode, and 200.
 * https://github.com/minpaku/gmo (SearchTrade) https://www.npmjs.com/package/@motionpicture/gmo-service (services/credit: searchTrade)
 */
import { formRecord } from "../../core/formats/form.ts";
import { type Question, type ReadBack, without } from "../../core/read-back.ts";

export const readBack: ReadBack = {
  url: "https://p01.mul-pay.jp",
  ask(event, _callback, { options }): Question | undefined {
    const { order, charge } = event;
    const shopId = options?.shopId;
    if (order === undefined || !shopId) return undefined;
    return {
      request: (credential) => ({
        method: "POST",
        path: "/payment/SearchTrade.idPass",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ ShopID: shopId, ShopPass: credential, OrderID: order }).toString(),
      }),
      read(answer) {
        const { ErrCode, ErrInfo, OrderID, AccessID, MemberID } = formRecord(answer, "shift_jis");
        if (ErrCode || ErrInfo) throw new Error(`SearchTrade says ${ErrInfo || ErrCode}`);
        if (OrderID !== order) throw new Error(`the answer is not the order ${order}`);
        // An order number is used for one payment after another when the first has failed.
        if (charge !== undefined && AccessID !== charge) throw new Error(`the order ${order} has become another payment meanwhile`);
        return { kind: "completed", events: [MemberID ? { ...without(event, "customer"), customer: MemberID } : event] };
      },
    };
  },
};
