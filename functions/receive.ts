export type Environment = { readonly RECORDS_TABLE: string; readonly BUCKET: string; readonly SPILL_QUEUE_URL: string };
