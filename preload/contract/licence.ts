// Without schemas, as `findings.ts`.

/** The text of the program's licence, at its publisher. */
export const LICENCE_URL = 'https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12';
