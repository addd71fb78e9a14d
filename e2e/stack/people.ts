/** Someone with an account on all the servers, under one name. */
export interface DemoPerson {
  /** Local name at the chat server and user id at the file server. */
  name: string;
  displayName: string;
  /** The organisation of a partner; an agent has none. */
  organisation?: string;
  password: string;
}

/** The one password of the demo's accounts. They exist on this machine's own servers only. */
export const DEMO_PASSWORD = 'Croix-Rousse-1831';

const person = (name: string, displayName: string, organisation?: string): DemoPerson => ({
  name,
  displayName,
  password: DEMO_PASSWORD,
  ...(organisation ? { organisation } : {}),
});

/** The first two are the demo's: Nadia writes, Karim reads. A partner's name begins with `ext.`, as the brand says. */
export const PEOPLE = {
  nadia: person('nadia.benali', 'Nadia Benali'),
  karim: person('karim.morel', 'Karim Morel'),
  ines: person('ines.nguyen', 'Inès Nguyen'),
  paul: person('paul.girard', 'Paul Girard'),
  sophie: person('ext.sophie.laurent', 'Sophie Laurent', 'Atelier Rhône'),
} as const satisfies Record<string, DemoPerson>;

/** One of the demo's people. */
export type PersonKey = keyof typeof PEOPLE;
