/** What a sample is: a gateway's body, made for a source and a moment. */
export interface SampleSettings {
  /** Makes the callback a new one: letters and digits. */
  readonly id: string;
  readonly now: number;
  /** The source's own, where a gateway wants its shop's number to come back. */
  readonly options: Readonly<Record<string, string>>;
}

/** The bytes as the gateway sends them, or for a GET callback its query. */
export type Sample = (settings: SampleSettings) => Uint8Array;
