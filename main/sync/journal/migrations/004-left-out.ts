/** What people were told is left out. */
export const leftOut = `
CREATE TABLE left_out (path TEXT PRIMARY KEY) WITHOUT ROWID;
`;
