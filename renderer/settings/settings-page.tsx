/** Stands in while it is written. */
export function SettingsPage() {
  return <main className="page" />;
}
