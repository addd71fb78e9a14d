import { describe, expect, it } from 'vitest';
import { formatsFor } from './format.ts';

const fr = formatsFor('fr');
const en = formatsFor('en');
/** Which no-break space Intl uses differs between versions of its data; that it is one does not. */
const unbroken = (text: string) => {
  expect(text).not.toMatch(/\d /);
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
};
const now = new Date(2026, 10, 21, 10, 45).getTime();
const at = (daysAgo: number, hours = 9, minutes = 5) =>
  new Date(2026, 10, 21 - daysAgo, hours, minutes).getTime();

describe('sizes', () => {
  it('have French units, a decimal comma and a space that does not break', () => {
    expect(fr.size(3_355_443)).toBe('3,2\u00a0Mo');
    expect(fr.size(0)).toBe('0\u00a0o');
    expect(unbroken(fr.size(1023))).toBe('1 023 o');
    expect(fr.size(640 * 1024 * 1024)).toBe('640\u00a0Mo');
    expect(fr.size(1.9 * 1024 ** 3)).toBe('1,9\u00a0Go');
  });
  it('have English units and a point', () => {
    expect(en.size(3_355_443)).toBe('3.2\u00a0MB');
    expect(en.speed(2048)).toBe('2\u00a0KB/s');
  });
  it('stay whole numbers from a hundred on', () => {
    expect(fr.size(412.7 * 1024 ** 2)).toBe('413\u00a0Mo');
  });
});

describe('times in the list of salons', () => {
  it('are the hour today, then a day name, then a date, then a year', () => {
    expect(fr.brief(at(0, 9, 58), now)).toBe('09:58');
    expect(fr.brief(at(1), now)).toBe('hier');
    expect(fr.brief(at(4), now)).toBe('mar.');
    expect(fr.brief(at(9), now)).toBe('12 nov.');
    expect(fr.brief(at(400), now)).toContain('2025');
  });
  it('call a message from a clock that runs ahead one of today', () => {
    expect(fr.brief(now + 120_000, now)).toBe('10:47');
    expect(fr.relative(now + 120_000, now)).toBe('maintenant');
  });
});

describe('times in a sentence', () => {
  it('are relative up to a day, then day names, then dates', () => {
    expect(unbroken(fr.relative(now - 11 * 60_000, now))).toBe('il y a 11 min');
    expect(unbroken(fr.relative(now - 3 * 3_600_000, now))).toBe('il y a 3 h');
    expect(fr.relative(at(1, 23), now)).toBe('hier');
    expect(fr.relative(at(5), now)).toBe('lundi');
    expect(fr.relative(at(9), now)).toBe('12 nov.');
  });
});

describe('headings over a day', () => {
  it('begin with a capital', () => {
    expect(fr.day(at(0), now)).toBe('Aujourd’hui');
    expect(fr.day(at(1), now)).toBe('Hier');
    expect(fr.day(at(3), now)).toBe('Mercredi 18 novembre');
    expect(en.day(at(1), now)).toBe('Yesterday');
  });
});

describe('a day far away', () => {
  it('has its year, and neither a name nor an hour', () => {
    const far = new Date(2027, 11, 26, 10, 45).getTime();
    expect(fr.date(far)).toBe('26 décembre 2027');
    expect(en.date(far)).toBe('December 26, 2027');
  });
});

describe('durations and lists', () => {
  it('use the greatest unit that fits', () => {
    expect(unbroken(fr.duration(0.2))).toBe('1 s');
    expect(unbroken(fr.duration(8))).toBe('8 s');
    expect(unbroken(fr.duration(360))).toBe('6 min');
    expect(unbroken(fr.duration(7300))).toBe('2 h');
  });
  it('join names as the language does', () => {
    expect(fr.list(['Karim', 'Sophie', 'Inès'])).toBe('Karim, Sophie et Inès');
    expect(en.list(['Karim', 'Sophie'])).toBe('Karim and Sophie');
  });
});
