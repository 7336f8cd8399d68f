/** The part of cli-progress that is used; the package has no types. */
declare module "cli-progress" {
  export interface Options {
    readonly format: string;
    readonly stream: NodeJS.WritableStream;
    readonly hideCursor?: boolean;
    readonly clearOnComplete?: boolean;
    readonly barCompleteChar?: string;
    readonly barIncompleteChar?: string;
    readonly etaBuffer?: number;
  }
  export class SingleBar {
    constructor(options: Options);
    start(total: number, value: number): void;
    update(value: number): void;
    stop(): void;
  }
}
