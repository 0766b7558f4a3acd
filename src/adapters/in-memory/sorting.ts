/** Ascending by a text of the element's, as a table orders its sort keys. */
export const byKey =
  <T>(keyOf: (element: T) => string) =>
  (left: T, right: T): number => {
    const [leftKey, rightKey] = [keyOf(left), keyOf(right)];
    if (leftKey === rightKey) return 0;
    return leftKey < rightKey ? -1 : 1;
  };
