/** The languages the interface speaks. */
export type Language = 'fr' | 'en';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SIZE_UNITS: Readonly<Record<Language, readonly string[]>> = {
  fr: ['o', 'Ko', 'Mo', 'Go', 'To'],
  en: ['B', 'KB', 'MB', 'GB', 'TB'],
};
/** Between a figure and its unit: never broken over two lines. */
const UNIT_SPACE = '\u00a0';

/** Dates, sizes and lists as people of a language write them; made once a language. */
export interface Formats {
  readonly language: Language;
  /** Hour and minute. */
  readonly time: (at: number) => string;
  /** Shortest: the hour today, then "hier", a short week day, a short date. */
  readonly brief: (at: number, now: number) => string;
  /** For a sentence: "il y a 11 min" up to a day, then the day's name, then the date. */
  readonly relative: (at: number, now: number) => string;
  /** A heading over a day: "Aujourd'hui", "Hier", "lundi", "12 novembre", with the year where it is another. */
  readonly day: (at: number, now: number) => string;
  /** The day of a far moment, with its year, for a sentence: "26 décembre 2027". */
  readonly date: (at: number) => string;
  /** Date and hour in full, for a screen reader or a tooltip. */
  readonly full: (at: number) => string;
  readonly size: (bytes: number) => string;
  /** A rate in bytes a second. */
  readonly speed: (bytesPerSecond: number) => string;
  /** How long something lasts or will last, in its greatest unit. */
  readonly duration: (seconds: number) => string;
  readonly count: (value: number) => string;
  readonly percent: (part: number) => string;
  /** "Karim, Sophie et Inès". */
  readonly list: (names: readonly string[]) => string;
}

/** Makes the formats of a language. */
export function formatsFor(language: Language): Formats {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' });
  const size = (bytes: number) => formatSize(bytes, number, SIZE_UNITS[language]);
  return {
    language,
    ...dateFormats(language),
    full: (at) => full.format(at),
    size,
    speed: (bytesPerSecond) => `${size(bytesPerSecond)}/s`,
    duration: durationFormat(language),
    count: (value) => number.format(value),
    percent: (part) => percent.format(part),
    list: (names) => list.format(names),
  };
}

function dateFormats(language: Language): Pick<Formats, 'time' | 'brief' | 'relative' | 'day' | 'date'> {
  const named = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  const time = named({ hour: '2-digit', minute: '2-digit' });
  const weekday = named({ weekday: 'long' });
  const weekdayShort = named({ weekday: 'short' });
  const date = named({ day: 'numeric', month: 'short' });
  const dateLong = named({ weekday: 'long', day: 'numeric', month: 'long' });
  const dateYear = named({ day: 'numeric', month: 'short', year: 'numeric' });
  const dateLongYear = named({ day: 'numeric', month: 'long', year: 'numeric' });
  const days = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const ago = new Intl.RelativeTimeFormat(language, { style: 'short' });
  const sameYear = (a: number, b: number) => new Date(a).getFullYear() === new Date(b).getFullYear();
  const dated = (at: number, now: number) => (sameYear(at, now) ? date : dateYear).format(at);
  const recently = (at: number, now: number) =>
    now - at < HOUR
      ? ago.format(-Math.max(1, Math.floor((now - at) / MINUTE)), 'minute')
      : ago.format(-Math.floor((now - at) / HOUR), 'hour');
  return {
    time: (at) => time.format(at),
    date: (at) => dateLongYear.format(at),
    brief: (at, now) => {
      const apart = daysBetween(at, now);
      if (apart <= 0) return time.format(at);
      if (apart === 1) return days.format(-1, 'day');
      return apart < 7 ? weekdayShort.format(at) : dated(at, now);
    },
    relative: (at, now) => {
      const apart = daysBetween(at, now);
      if (apart <= 0) return now - at < MINUTE ? days.format(0, 'second') : recently(at, now);
      if (apart === 1) return days.format(-1, 'day');
      return apart < 7 ? weekday.format(at) : dated(at, now);
    },
    day: (at, now) => {
      const apart = daysBetween(at, now);
      if (apart === 0 || apart === 1) return capitalised(days.format(-apart, 'day'), language);
      return capitalised((sameYear(at, now) ? dateLong : dateLongYear).format(at), language);
    },
  };
}

/** Midnights between two moments, by the calendar of this computer. */
function daysBetween(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / (24 * HOUR));
}

function capitalised(text: string, language: Language): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

function formatSize(bytes: number, number: Intl.NumberFormat, units: readonly string[]): string {
  const last = units.length - 1;
  const step = bytes < 1 ? 0 : Math.min(last, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  const shown = value >= 100 || step === 0 ? Math.round(value) : value;
  return `${number.format(shown)}${UNIT_SPACE}${units[step] ?? ''}`;
}

function durationFormat(language: Language): Formats['duration'] {
  const of = (unit: string) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
  const [second, minute, hour] = [of('second'), of('minute'), of('hour')];
  return (seconds) => {
    if (seconds < 60) return second.format(Math.max(1, Math.round(seconds)));
    if (seconds < 3600) return minute.format(Math.round(seconds / 60));
    return hour.format(Math.round(seconds / 3600));
  };
}
