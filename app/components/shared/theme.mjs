// Streamlit hands over its colours, but not whether they are dark: the background says that.
export function followTheme(root) {
  const probe = document.createElement('span');
  probe.style.color = 'var(--st-background-color, white)';
  root.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  root.style.colorScheme = 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? 'dark' : 'light';
}
