let kept: MediaQueryList | undefined

/** Whether somebody has asked this machine for no motion; one for the page, since each is kept by the browser. */
export const stillness = (): MediaQueryList => {
  kept ??= matchMedia('(prefers-reduced-motion: reduce)')
  return kept
}
