/** Four plain tiles as the conference would paint them, so that what lies over it can be looked at. */
export function faces(): HTMLElement {
  const grid = document.createElement('div');
  grid.style.cssText = 'display:grid;grid-template:1fr 1fr/1fr 1fr;gap:12px;height:100%';
  grid.append(...['KM', 'SL', 'IN', 'NB'].map(face));
  return grid;
}

function face(initials: string, index: number): HTMLElement {
  const tile = document.createElement('div');
  tile.style.cssText =
    'display:grid;place-items:center;border-radius:20px;background:#2b2521;font-size:38px;font-weight:700';
  const circle = document.createElement('span');
  const tint = index + 1;
  circle.style.cssText = `display:grid;place-items:center;width:112px;height:112px;border-radius:50%;background:var(--tint-${tint});color:var(--tint-${tint}-ink)`;
  circle.textContent = initials;
  tile.append(circle);
  return tile;
}
