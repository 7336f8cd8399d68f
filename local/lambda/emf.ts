/** Metrics from the functions' logs, as CloudWatch reads them: lines of JSON in the embedded metric format. */
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";

/** One metric with one set of dimensions, summed up since the stack started. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** The latest value; what a gauge shows. */
  readonly last: number;
  readonly at: number;
}

type Measurement = Pick<Metric, "namespace" | "name" | "dimensions" | "unit" | "at"> & { readonly values: readonly number[] };

/** The metrics in a log line; none in an ordinary line. One metric appears once per dimension set it is kept under. */
export const parseEmf = (line: string): readonly Measurement[] => {
  if (!line.startsWith("{") || !line.includes('"CloudWatchMetrics"')) return [];
  const document = parseJson(Buffer.from(line));
  const timestamp = at(document, "_aws", "Timestamp");
  return listAt(document, "_aws", "CloudWatchMetrics").flatMap((directive) =>
    listAt(directive, "Dimensions").flatMap((names) => {
      const dimensions = Object.fromEntries(listAt(names).map((name) => [String(name), textAt(document, String(name)) ?? ""]));
      return listAt(directive, "Metrics").flatMap((metric) => {
        const name = textAt(metric, "Name");
        if (!name) return [];
        const values = [at(document, name)].flat().filter((value) => typeof value === "number");
        const unit = textAt(metric, "Unit");
        if (values.length === 0) return [];
        return [
          {
            namespace: textAt(directive, "Namespace") ?? "",
            name,
            dimensions,
            ...(unit !== undefined && { unit }),
            at: typeof timestamp === "number" ? timestamp : 0,
            values,
          },
        ];
      });
    }),
  );
};

export interface Metrics {
  /** Takes any log line. */
  read(line: string): void;
  list(): readonly Metric[];
}

export const createMetrics = (): Metrics => {
  const known = new Map<string, Metric>();
  return {
    read(line) {
      for (const { values, ...about } of parseEmf(line)) {
        const key = JSON.stringify([about.namespace, about.name, Object.entries(about.dimensions).sort()]);
        const before = known.get(key);
        known.set(key, {
          ...about,
          count: (before?.count ?? 0) + values.length,
          sum: values.reduce((total, value) => total + value, before?.sum ?? 0),
          min: Math.min(before?.min ?? Number.POSITIVE_INFINITY, ...values),
          max: Math.max(before?.max ?? Number.NEGATIVE_INFINITY, ...values),
          last: values.at(-1) ?? 0,
        });
      }
    },
    list: () => [...known.values()],
  };
};
