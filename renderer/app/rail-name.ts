/**
 * A module's name as it stands under its icon. The rail is 72 px wide: a brand's name in capitals, `PARTAGEONS`, would
 * be broken within the word, so it is written `Partageons` there. `language` decides how letters are lowered.
 */
export function railName(name: string, language: string): string {
  const isCapitals = name.length > 3 && name === name.toLocaleUpperCase(language);
  return isCapitals ? name.charAt(0) + name.slice(1).toLocaleLowerCase(language) : name;
}
