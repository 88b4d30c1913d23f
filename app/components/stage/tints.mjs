// The shades of cells: how strongly a number tints its cell, and the pixels of a photograph in their own light.
const TINT = 0.55;

// Signed numbers have one scale with zero in the middle.
export function signedTint(values) {
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value ?? 0)), 0);
  return (value) => ({ opacity: most && (Math.abs(value ?? 0) / most) * TINT, negative: value < 0 });
}

// From the lowest number to the highest.
export function rangeTint(values) {
  const known = values.filter((value) => value !== null),
    low = Math.min(...known),
    reach = Math.max(...known) - low;
  return (value) => {
    if (value === null) return { opacity: 0 };
    return { opacity: reach ? 0.06 + ((TINT - 0.09) * (value - low)) / reach : 0.14 };
  };
}

// The light of a plane at its brightest, which is 255.
const LIGHT = { grey: [255, 255, 255], red: [255, 116, 110], green: [104, 216, 132], blue: [128, 170, 255] };
const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const luminance = (rgb) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * linear(rgb[at] / 255), 0);

// A pixel's own colour, and the ink that can be read on it, as kernels/pictures/ink.py chooses it.
export function pixelTint(plane) {
  return (value) => {
    const share = Math.min(Math.max(value, 0), 255) / 255;
    const rgb = LIGHT[plane].map((light) => Math.round(light * share));
    return { opacity: 1, colour: `rgb(${rgb.join(' ')})`, ink: luminance(rgb) < 0.179 ? 'light' : 'dark' };
  };
}
