// Excel's day numbers as calendar dates. Day 60 of the 1900 system is a 29 February that never was.
const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 31);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const LAST_1900 = 2_958_465;
const OFFSET_1904 = 1_462;

export type SerialDate = { kind: 'date' | 'time'; iso: string } | { kind: 'impossible' };

/**
 * `time` reads the part of the day alone (`T14:30:00`); otherwise a whole number gives `2016-05-09` and any other
 * `2016-05-09T14:30:00`, rounded to the second. Example: `serialDate(61, false)` is 1900-03-01; 60 is impossible.
 */
export function serialDate(serial: number, date1904: boolean, time = false): SerialDate {
  const seconds = Math.round(serial * 86_400);
  const last = date1904 ? LAST_1900 - OFFSET_1904 : LAST_1900;
  if (!Number.isFinite(serial) || serial < 0 || serial >= last + 1) return { kind: 'impossible' };
  if (time && serial < 1) return { kind: 'time', iso: clock(seconds) };
  const days = Math.floor(seconds / 86_400);
  if (!date1904 && (days === 0 || days === 60)) return { kind: 'impossible' };
  const epoch = date1904 ? EPOCH_1904 : EPOCH_1900 - (days > 60 ? DAY_MS : 0);
  const day = new Date(epoch + days * DAY_MS).toISOString().slice(0, 10);
  const rest = seconds - days * 86_400;
  return { kind: 'date', iso: rest === 0 ? day : `${day}${clock(rest)}` };
}

function clock(seconds: number): string {
  return new Date((seconds % 86_400) * 1000).toISOString().slice(10, 19);
}
