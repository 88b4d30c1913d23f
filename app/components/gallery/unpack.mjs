// What Python sends: the length of a header in 4 bytes (low byte first), the header as JSON, the PNG files.

export function unpack(bytes) {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)));
  const fileOf = ({ png: [offset, length] }) => bytes.subarray(start + offset, start + offset + length);
  return { header, fileOf };
}
