// What Python sends: 4 bytes with the header's length (low byte first), the header as JSON, then the pixels.

// `bytesOf([start, count])` gives a part of what follows the header, without copying it.
export function readPayload(data) {
  const length = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  const bytesOf = ([start, count]) => data.subarray(4 + length + start, 4 + length + start + count);
  return { header, bytesOf };
}
