/** Figures and Latin, then Han: the wall's own words, and slices for every other character. `tokens.css` says the same. */
export const wallFont = "Barlow, 'Noto Sans SC', 'Noto Sans SC slices', sans-serif"
