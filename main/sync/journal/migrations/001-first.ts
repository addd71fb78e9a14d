/** Nodes in sync, transfers to resume, problems to wait for, conflicts to show. */
export const first = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (
  row INTEGER PRIMARY KEY,
  parent INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'folder')),
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
);
CREATE UNIQUE INDEX node_place ON node (parent, name) WHERE row <> 1;
CREATE TABLE download (
  path TEXT PRIMARY KEY,
  temporary TEXT NOT NULL,
  etag TEXT NOT NULL,
  safe INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE upload (
  path TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  remote_path TEXT NOT NULL,
  chunk INTEGER NOT NULL,
  size INTEGER NOT NULL,
  checksum TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE displaced (
  kept TEXT PRIMARY KEY,
  folder TEXT NOT NULL,
  target TEXT NOT NULL,
  path TEXT NOT NULL,
  inode TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified TEXT NOT NULL,
  checksum TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE problem (
  path TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  action TEXT NOT NULL,
  kept TEXT NOT NULL,
  signature TEXT NOT NULL,
  tries INTEGER NOT NULL,
  retry_at INTEGER NOT NULL,
  data TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE conflict (copy TEXT PRIMARY KEY, path TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
`;
