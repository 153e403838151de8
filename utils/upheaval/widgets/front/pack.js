/** The way back of `pack.py`: a function that gives any packed part whole. Parts of the pool are made once. */
export function unpacker(pool) {
  const made = new Map();
  const part = (place) => {
    if (!made.has(place)) made.set(place, whole(pool[place]));
    return made.get(place);
  };
  const whole = (value) => {
    if (typeof value === "string") return value[0] !== "~" ? value : value[1] === "~" ? value.slice(1) : part(Number(value.slice(1)));
    if (Array.isArray(value)) return value.map(whole);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
  };
  return whole;
}
