/** What the libraries of the pages carry and this program never shows, left out of the build. */

/** As much of a plugin of Vite's as these two need. */
interface Leaner {
  readonly name: string;
  readonly transform: {
    readonly filter: { readonly id: RegExp };
    readonly handler: (code: string) => string;
  };
}

/** Weights of icons that no part of the interface asks for. */
const UNUSED_WEIGHT = /^ {2}\[\n {4}"(?:duotone|light|thin)",\n[\s\S]*?^ {2}\],?\n/gm;

/** An icon's definition without the weights that are not used; each is some kilobytes, drawn or not. */
export function withoutUnusedWeights(definition: string): string {
  return definition.replaceAll(UNUSED_WEIGHT, '');
}

/** The pictures of @phosphor-icons/react in the weights that are used. */
export function leanerIcons(): Leaner {
  return {
    name: 'leaner-icons',
    transform: {
      filter: { id: /@phosphor-icons\/react\/dist\/defs\/\w+\.es\.js$/ },
      handler: withoutUnusedWeights,
    },
  };
}

/** react-aria's own few words (for screen readers) in the program's two languages; it speaks 34. */
export function leanerWords(): Leaner {
  return {
    name: 'leaner-words',
    transform: {
      filter: {
        id: /\/react-(?:aria|stately|aria-components)\/dist\/.*\/intl\/(?:.*\/)?(?!fr-FR|en-US)[a-z]{2}-[A-Z]{2}\.mjs$/,
      },
      handler: () => 'export default {};',
    },
  };
}
