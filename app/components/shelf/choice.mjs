// The kernel that is marked: the last one pressed, as long as the page has not taken it in, else the page's own.
export const markedKernel = (chosen, pressed) => pressed.at(-1) ?? chosen;
