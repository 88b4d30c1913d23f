// The line between the page and its server.
const CONNECTION = 'data-test-connection-state';

// Calls `onJoined` each time the line to the server is back after a cut; returns a function that stops this.
export function watchLine(onJoined) {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app) return () => {};
  let joined = app.getAttribute(CONNECTION) === 'CONNECTED';
  const watcher = new MutationObserver(() => {
    const now = app.getAttribute(CONNECTION) === 'CONNECTED';
    const again = now && !joined;
    joined = now;
    if (again) onJoined();
  });
  watcher.observe(app, { attributes: true, attributeFilter: [CONNECTION] });
  return () => watcher.disconnect();
}
