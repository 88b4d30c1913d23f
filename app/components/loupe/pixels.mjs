// Pictures as they arrive: PNG files, of which every value is wanted exactly.

export const decode = (bytes) => createImageBitmap(
  new Blob([bytes], { type: 'image/png' }), { colorSpaceConversion: 'none', premultiplyAlpha: 'none' },
);

// Draws a decoded picture on the canvas `source`, or `seen` in its place, and gives its pixels, four bytes each.
export function keepPixels(source, bitmap, seen = bitmap) {
  const { height, width } = bitmap;
  Object.assign(source, { height, width });
  source.getContext('2d').drawImage(seen, 0, 0);
  if (seen !== bitmap) seen.close();
  // Read from a canvas of its own, so that the one that is drawn from stays with the graphics card.
  const reader = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  reader.drawImage(bitmap, 0, 0);
  bitmap.close();
  return reader.getImageData(0, 0, width, height).data;
}
