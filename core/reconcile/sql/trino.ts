/** Athena's SQL, which is Trino's, where it is particular. Tests run it on DuckDB, which is given these functions. */

/** A text at a path of a JSON text; null where there is none. */
export const textAtPath = (json: string, path: string): string => `json_extract_scalar(${json}, '$.${path}')`;

/** An array of texts there; null where there is none. */
export const textsAtPath = (json: string, path: string): string => `cast(json_extract(${json}, '$.${path}') as array(varchar))`;

/** An array as a JSON text. */
export const jsonOf = (array: string): string => `json_format(cast(${array} as json))`;

/** A whole number, however it is written. */
export const integer = (value: string): string => `cast(cast(${value} as double) as bigint)`;

/** A text in SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
