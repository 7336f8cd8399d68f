/** The progress of something long, on standard error, and only when a person is watching. */

export interface ProgressBar {
  update(done: number): void;
  stop(): void;
}

const silent: ProgressBar = { update: () => {}, stop: () => {} };

export const startProgressBar = async (what: string, total: number, isWatched: boolean): Promise<ProgressBar> => {
  if (!isWatched || total < 2) return silent;
  const { SingleBar } = await import("cli-progress");
  const bar = new SingleBar({
    format: `${what} {bar} {value}/{total}  {percentage}%  {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    // The rate is set and does not jump: a long history gives a steady estimate.
    etaBuffer: 100,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
};
