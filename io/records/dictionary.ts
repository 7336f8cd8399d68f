/**
 * What gateways' notices have in common, for the compression of small ones: field names say most of a small notice, and zlib has to
 * meet them once before it can refer to them. Here it has met them. What is written with this text can be read with this text alone, so it never
 * changes: another one gets another name in `body-encoding.ts`.
 *
 * Field names are those of the gateways' own documentation. The commonest stand last, where they are nearest.
 */
const forms = [
  "res_result=OK&res_err_code=&res_date=&limit_second=&sps_cust_info_return_flg=&pay_method=credit&merchant_id=&service_id=&cust_code=",
  "&sps_cust_no=&sps_payment_no=&order_id=&item_id=&item_name=&tax=&amount=&pay_type=0&auto_charge_type=0&service_type=0&tracking_id=",
  "&ShopID=&ShopPass=**********&AccessID=&AccessPass=&OrderID=&Status=CAPTURE&JobCd=CAPTURE&Amount=&Tax=&Currency=JPN&Forward=&Method=1",
  "&PayTimes=&TranID=&Approve=&TranDate=&ErrCode=&ErrInfo=&PayType=0&RecurringID=&NextChargeDate=&clientip=&telno=&email=&sendid=",
].join("");

const items = [
  '{"live":"false","notificationItems":[{"NotificationRequestItem":{"additionalData":{"hmacSignature":"","recurring.recurringDetailReference":"",',
  '"recurring.shopperReference":"","cardSummary":"","expiryDate":""},"amount":{"currency":"JPY","value":},"eventCode":"AUTHORISATION","eventDate":"',
  '","merchantAccountCode":"","merchantReference":"","originalReference":"","paymentMethod":"visa","pspReference":"","reason":"","success":"true"}}]}',
  '{"merchant_id":"","type":"payment.updated","event_id":"","created_at":"","data":{"type":"payment","id":"","object":{"payment":{"amount_money":',
  '{"amount":,"currency":"JPY"},"approved_money":{"id":"","event_version":"1.0","create_time":"","resource_type":"sale","event_type":"PAYMENT.SALE.',
  'COMPLETED","summary":"","resource":{"amount":{"total":"","currency_code":"","value":""},"billing_agreement_id":"","custom_id":"","links":[{"href":',
  '"https://api.","rel":"self","method":"GET"}],"state":"completed","update_time":"","meta":{"event_name":"","custom_data":{}},"attributes":{',
  '"store_id":,"customer_id":,"order_number":,"user_name":"","user_email":"","first_name":"","last_name":"","phone":"","address":{"country_code":"',
  '","postal_code":"","email_address":"","status_formatted":"","subtotal":,"total_price":"","discount_total":,"refunded":false,"refunded_at":null,',
  '"notification_id":"","occurred_at":"","subscription_id":"","current_billing_period":{"starts_at":"","ends_at":""},"next_billed_at":"',
].join("");

/** Stripe's, two spaces deep as it sends them. */
const objects = [
  '"account_country": "JP",\n      "account_name": "",\n      "attempt_count": 1,\n      "attempted": true,\n      "auto_advance": false,\n      ',
  '"automatic_tax": {\n        "enabled": false,\n        "status": null\n      },\n      "balance_transaction": "txn_",\n      "billing_details": {\n        "address": {\n          ',
  '"city": null,\n          "country": null,\n          "line1": null,\n          "line2": null,\n          "postal_code": null,\n          "state": null\n        },\n        ',
  '"email": null,\n        "name": null,\n        "phone": null\n      },\n      "cancel_at": null,\n      "cancel_at_period_end": false,\n      "canceled_at": null,\n      ',
  '"collection_method": "charge_automatically",\n      "customer_address": null,\n      "customer_email": "",\n      "customer_name": null,\n      "default_payment_method": null,\n      ',
  '"default_tax_rates": [],\n      "description": null,\n      "discounts": [],\n      "due_date": null,\n      "ending_balance": 0,\n      "footer": null,\n      "hosted_invoice_url": ',
  '"https://invoice.stripe.com/i/acct_",\n      "invoice_pdf": "https://pay.stripe.com/invoice/acct_",\n      "last_finalization_error": null,\n      "latest_charge": "ch_",\n      ',
  '"latest_invoice": "in_",\n      "lines": {\n        "object": "list",\n        "data": [\n          {\n            "id": "il_",\n            "object": "line_item",\n            "amount": ',
  ',\n            "plan": {\n              "id": "price_",\n              "object": "plan",\n              "active": true,\n              "interval": "month",\n              "interval_count": 1,\n              ',
  '"period": {\n              "end": ,\n              "start": \n            },\n            "quantity": 1,\n            "has_more": false,\n        "total_count": 1,\n        "url": "/v1/invoices/in_',
  '"next_payment_attempt": null,\n      "number": "",\n      "on_behalf_of": null,\n      "outcome": {\n        "network_status": "approved_by_network",\n        "reason": null,\n        ',
  '"risk_level": "normal",\n        "seller_message": "Payment complete.",\n        "type": "authorized"\n      },\n      "paid": true,\n      "parent": {\n        "quote_details": null,\n        ',
  '"subscription_details": {\n          "metadata": {},\n          "subscription": "sub_"\n        },\n        "type": "subscription_details"\n      },\n      "payment_method": "pm_",\n      ',
  '"payment_method_details": {\n        "card": {\n          "brand": "visa",\n          "checks": {\n            "cvc_check": null\n          },\n          "country": "JP",\n          ',
  '"exp_month": ,\n          "exp_year": ,\n          "fingerprint": "",\n          "funding": "credit",\n          "last4": "4242",\n          "network": "visa"\n        },\n        "type": "card"\n      },\n      ',
  '"payment_method_types": [\n        "card"\n      ],\n      "receipt_number": null,\n      "receipt_url": "https://pay.stripe.com/receipts/",\n      "refunded": false,\n      "starting_balance": 0,\n      ',
  '"statement_descriptor": null,\n      "status_transitions": {\n        "finalized_at": ,\n        "marked_uncollectible_at": null,\n        "paid_at": ,\n        "voided_at": null\n      },\n      ',
  '"subtotal": ,\n      "tax": null,\n      "test_clock": null,\n      "total": ,\n      "transfer_data": null,\n      "trial_end": null,\n      "webhooks_delivered_at": \n    },\n    ',
  '"previous_attributes": {\n      "cancellation_details": {\n        "comment": null,\n        "feedback": null,\n        "reason": "cancellation_requested"\n      },\n      "current_period_end": ',
].join("");

const event = [
  '{\n  "id": "evt_1",\n  "object": "event",\n  "account": "acct_1",\n  "api_version": "2025-02-24.acacia",\n  "created": 17,\n  "data": {\n    "object": {\n      "id": "pi_","object": "charge",\n      ',
  '"object": "payment_intent",\n      "object": "subscription",\n      "amount": ,\n      "amount_captured": ,\n      "amount_refunded": 0,\n      "captured": true,\n      "charge": "ch_',
  '",\n      "object": "invoice",\n      "amount_due": ,\n      "amount_paid": ,\n      "amount_remaining": 0,\n      "billing_reason": "subscription_create",\n      "billing_reason": "subscription_cycle",\n      ',
  '"created": 17,\n      "currency": "jpy",\n      "customer": "cus_",\n      "invoice": "in_1",\n      "livemode": true,\n      "metadata": {\n        "order_id": "",\n        "user_id": ""\n      },\n      ',
  '"payment_intent": "pi_",\n      "period_end": 17,\n      "period_start": 17,\n      "status": "active",\n      "status": "succeeded",\n      "status": "paid",\n      "subscription": "sub_1"\n    }\n  },\n  "livemode": true,\n  ',
  '"pending_webhooks": 1,\n  "request": {\n    "id": null,\n    "idempotency_key": null\n  },\n  "type": "customer.subscription.updated"\n  "type": "charge.succeeded"\n  "type": "invoice.paid"\n}',
].join("");

export const dictionary = Buffer.from([forms, items, objects, event].join(""));
