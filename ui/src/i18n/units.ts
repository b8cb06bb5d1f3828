import { language } from './index.svelte';

/** A duration in words, in whole minutes if possible: "30 secondes", "5 minutes". */
export function duration(seconds: number): string {
  const minutes = seconds >= 60 && seconds % 60 === 0;
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: minutes ? 'minute' : 'second',
    unitDisplay: 'long',
  }).format(minutes ? seconds / 60 : seconds);
}

/** A waiting time as minutes and seconds: "4:05". */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A date and a time of day, with seconds if there may be several in a minute. */
export function moment(ms: number, { seconds = false } = {}): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: seconds ? 'medium' : 'short' }).format(ms);
}
