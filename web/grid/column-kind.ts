const NUMBER =
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|LONG|SHORT|BYTE|FLOAT|DOUBLE|REAL|NUMBER|DECIMAL|NUMERIC)\b/i;
const DATE = /^(DATE|TIMESTAMP)/i;
const TEXT = /^(VARCHAR|STRING|TEXT|ENUM|UUID)/i;

/** Whether a column of this type (as DuckDB, Delta or JSON name it) holds numbers. */
export function isNumberType(type: string): boolean {
  return NUMBER.test(type) && !type.endsWith(']');
}

/** Whether it holds dates or times. */
export function isDateType(type: string): boolean {
  return DATE.test(type) && !type.endsWith(']');
}

/** Whether it holds texts. */
export function isTextType(type: string): boolean {
  return TEXT.test(type) && !type.endsWith(']');
}
