/** Stands in while it is written. */
export function CallsPage() {
  return <main className="page" />;
}
