// When one page of the app follows another.

// A press that opens the page here, not in a tab of its own.
export const isPlain = ({ button, ctrlKey, metaKey, shiftKey, altKey }) =>
  button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;

// A page by the last part of its path.
export const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

// As long as the old page still stands, nothing has begun; where no run comes, it is waited for so many milliseconds.
const NO_RUN = 1500;
export function hasBegun({ began, stateOf }) {
  let ran = false;
  return (now) => {
    ran ||= stateOf() !== 'notRunning' || now - began > NO_RUN;
    return ran;
  };
}
