// What Python sends: 4 bytes with the header's length (low byte first), the header as JSON, then the pixels.

// `bytesOf([start, count])` gives a part of what follows the header, without copying it.
export function readPayload(data) {
  const length = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const bytesOf = ([start, count]) => data.subarray(4 + length + start, 4 + length + start + count);
  return { header, bytesOf };
}

// Planes of grey or of red, green and blue, as a canvas wants them: four bytes a pixel.
export function rgbaOf({ planes, shape: [channels, height, width] }) {
  const area = height * width, rgba = new Uint8ClampedArray(4 * area).fill(255);
  for (let pixel = 0; pixel < area; pixel += 1) {
    for (let colour = 0; colour < 3; colour += 1) {
      rgba[4 * pixel + colour] = planes[(channels === 1 ? 0 : colour * area) + pixel];
    }
  }
  return rgba;
}
