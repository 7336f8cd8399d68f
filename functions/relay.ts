export type Environment = { readonly QUEUE_URL: string };
