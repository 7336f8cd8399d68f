/** Dates of the Gregorian calendar as numbers of days, without a time or a zone. */

export interface CivilDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
}

/** Years that begin in March end with the day that is sometimes missing; 400 of them are one era of always as many days. */
const daysPerEra = 146_097;
/** From the beginning of such an era to 1970-01-01. */
const epoch = 719_468;

/** Days since 1970-01-01; negative before. */
export const dayNumber = ({ year, month, day }: CivilDate): number => {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const ofEra = marchYear - era * 400;
  const ofYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * daysPerEra + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - epoch;
};

/** The date that many days after 1970-01-01. */
export const dateOf = (number: number): CivilDate => {
  const days = number + epoch;
  const era = Math.floor(days / daysPerEra);
  const rest = days - era * daysPerEra;
  const ofEra = Math.floor((rest - Math.floor(rest / 1_460) + Math.floor(rest / 36_524) - Math.floor(rest / 146_096)) / 365);
  const ofYear = rest - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100));
  const marchMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: era * 400 + ofEra + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
};

/** 28 to 31. What would be the thirteenth month is the next January. */
export const lastDayOf = ({ year, month }: Omit<CivilDate, "day">): number => dateOf(dayNumber({ year, month: month + 1, day: 1 }) - 1).day;
