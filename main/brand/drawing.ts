import type { BrandColours } from '../../preload/contract/brand.ts';

/** An attribute of a drawing whose value names a colour of the pack: `fill="railOnBackground"`. */
const NAMED = /\b(fill|stroke|stop-color)="([A-Za-z]+)"/g;

/** Writes a theme's colours where a drawing names them; all else, also colours of SVG's own such as `none`, stays. */
export function paint(svg: string, colours: BrandColours): string {
  const known = new Map<string, string>(Object.entries(colours));
  return svg.replaceAll(NAMED, (whole: string, attribute: string, name: string) => {
    const colour = known.get(name);
    return colour === undefined ? whole : `${attribute}="${colour}"`;
  });
}

/** A drawing as a data address. */
export function address(svg: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

/** What makes more of a drawing than a picture: code, pages within, links and anything from elsewhere. */
const ACTIVE = /<script|<foreignobject|<!(?!--)|\son\w+\s*=|href\s*=\s*["'](?!#)|url\s*\(\s*["']?(?!#)/i;

/** Whether a text is an SVG that is a picture and nothing more. */
export function isPlainDrawing(svg: string): boolean {
  return /^\s*<svg\s/.test(svg) && !ACTIVE.test(svg);
}
