/**
 * Which folders are not wanted here (`choice` of a folder's row), and which of those that the journal has no row for:
 * not seen yet, or gone from the server for now.
 */
export const choice = `
ALTER TABLE node ADD COLUMN choice TEXT NOT NULL DEFAULT 'here';
ALTER TABLE pending ADD COLUMN choice TEXT NOT NULL DEFAULT 'here';
CREATE TABLE unseen (path TEXT PRIMARY KEY, remote_id TEXT NOT NULL) WITHOUT ROWID;
`;
