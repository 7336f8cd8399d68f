export type Environment = {
  readonly RECORDS_TABLE: string;
  readonly LEDGER_TABLE: string;
  readonly BUCKET: string;
  readonly QUEUE_URL: string;
  readonly DEAD_LETTER_QUEUE_URL: string;
  readonly SPILL_QUEUE_URL: string;
};
