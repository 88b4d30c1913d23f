// Which theme Streamlit will show: what somebody chose on an earlier visit, else the system's.

// `kept` are the browser's [name, text] pairs, `path` the address's; the answer is 'light', 'dark' or '' for the system's
// choice. Streamlit keeps a choice for each path.
export function chosenTheme(kept, path) {
  const text = kept.find(([name]) => name.startsWith(`stActiveTheme-${path}-v`))?.[1] ?? '';
  return /^"(light|dark)"$/i.exec(text)?.[1].toLowerCase() ?? '';
}
