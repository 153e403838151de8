/** The way back of `pack.py`: a function that gives any packed part whole. Parts of the pool are made once. */
export function unpacker(pool) {
  const made = new Map();
  const whole = (value) => {
    if (Array.isArray(value)) return value.map(whole);
    if (value === null || typeof value !== "object") return value;
    if ("$" in value) {
      if (!made.has(value.$)) made.set(value.$, whole(pool[value.$]));
      return made.get(value.$);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
  };
  return whole;
}
