/** The passages of the old town: what the program is named after. An ornament, in the brand's colours. */
export function LyonArches({ className }: { readonly className: string }) {
  return (
    <svg className={className} viewBox="0 0 430 297" aria-hidden focusable="false">
      <path className="arch-line" strokeWidth="21" d="M10.5 297V106.5a96.5 96.5 0 0 1 193 0V297" />
      <path className="arch-line" strokeWidth="16" d="M75 297V125a32 32 0 0 1 64 0v172" />
      <path className="arch-accent" d="M244 297V93a93 93 0 0 1 186 0v204z" />
      <path className="arch-light" d="M288 297V108.5a48.5 48.5 0 0 1 97 0V297z" />
    </svg>
  );
}
