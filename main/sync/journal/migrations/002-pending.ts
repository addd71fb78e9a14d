/**
 * New versions that were about to take the place of others, on the server or on this disk (`local_path`): what is to
 * be taken note of if they did.
 */
export const pending = `
CREATE TABLE pending (
  path TEXT PRIMARY KEY,
  local_path TEXT NOT NULL,
  remote_path TEXT NOT NULL,
  is_new INTEGER NOT NULL,
  row INTEGER NOT NULL,
  parent INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'file'),
  local_name TEXT NOT NULL,
  remote_name TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  permissions TEXT NOT NULL,
  etag TEXT NOT NULL,
  inode TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  stated TEXT NOT NULL,
  racy INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  modified TEXT NOT NULL,
  changed TEXT NOT NULL,
  born TEXT NOT NULL
) WITHOUT ROWID;
`;
