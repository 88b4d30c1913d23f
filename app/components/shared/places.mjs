// A cell by its place. Rows and columns count from 0, as in code; people count from 1, so the corner is named in words.
export const coordinates = (row, column) => `row ${row}, column ${column}`;
export const placeName = (row, column) =>
  String(row) === '0' && String(column) === '0' ? `${coordinates(0, 0)} (top left)` : coordinates(row, column);
// The same where a sentence begins with it.
export const placeFirst = (row, column) => placeName(row, column).replace('row', 'Row');
