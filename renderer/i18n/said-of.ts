import type { Words } from './index.ts';

/**
 * A heading said of something by its name, as "Archives : dossier retiré". `what` is a heading of its own elsewhere;
 * after a colon neither language begins it with a capital.
 */
export function saidOf(name: string, what: string, { t }: Words): string {
  const [first = '', ...rest] = what;
  return t('files:saidOf', { name, what: first.toLowerCase() + rest.join('') });
}
