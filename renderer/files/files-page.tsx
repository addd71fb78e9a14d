/** Stands in while it is written. */
export function FilesPage() {
  return <main className="page" />;
}
