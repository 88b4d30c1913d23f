// How long a talk has lasted.

// 65 seconds are 1:05, an hour more is 1:01:05.
export function lasted(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000)), [hours, minutes] = [3600, 60].map((each) => Math.floor(seconds / each));
  const two = (number) => String(number).padStart(2, '0');
  return `${hours ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
}
