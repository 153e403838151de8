// The rule of factored charts, twin of `upheaval/facets.py`: see there for the form of facets, filters and templates.

/** Numbers of the rows that every filter keeps, in order. */
export function shownRows(facets, filters) {
  const { span = null } = facets;
  const moment = filters.find(({ column }) => column === span)?.value ?? null;
  const holds = (row) => {
    if (span === null) return true;
    const [begin, end = null] = [facets.columns[span][row]].flat();
    return moment === null ? end === null : begin <= moment && (end === null || moment < end);
  };
  const keeps = ({ value, rule, column }, row) => {
    const cell = facets.columns[column][row];
    if (value === null || column === span) return true;
    if (rule === "until") return cell <= value;
    return Array.isArray(cell) ? cell.includes(value) : cell === value;
  };
  return facets.when.map((_, row) => row).filter((row) => holds(row) && filters.every((filter) => keeps(filter, row)));
}

function tallied(facets, column, rows) {
  const cells = rows.map((row) => facets.columns[column][row]);
  return Object.entries(facets.labels[column])
    .map(([value, label]) => [label, cells.filter((cell) => (Array.isArray(cell) ? cell.includes(value) : cell === value)).length])
    .filter(([, count]) => count > 0);
}

const listed = (labels) => (labels.length > 1 ? `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}` : labels[0]);

/** The title or description for the rows shown. */
export function filledWords(facets, which, filters, rows) {
  const templates = facets.words[which];
  const template = templates[rows.length === 0 ? "none" : rows.length === 1 ? "one" : "many"];
  return template.replace(/\{([a-z_]+(?::[a-z_]+)?)\}/g, (_, token) => {
    const [name, of] = token.split(":");
    if (name === "chosen") return filters.find((filter) => filter.name === of).label;
    if (name === "tally") return tallied(facets, of, rows).map(([label, count]) => `${label} ${count}`).join(", ");
    if (name === "most") {
      const counts = tallied(facets, of, rows);
      const top = Math.max(...counts.map(([, count]) => count));
      const labels = counts.filter(([, count]) => count === top).map(([label]) => label);
      return `${listed(labels)} (${top}${labels.length > 1 ? " each" : ""})`;
    }
    return String({
      n: rows.length,
      total: facets.total,
      first: rows.length ? facets.when[rows[0]] : "",
      last: rows.length ? facets.when[rows.at(-1)] : "",
    }[name]);
  });
}

/** The figure with the marks of `rows` only. */
export function maskedFigure(figure, rows, filters) {
  const keep = new Set(rows);
  const chosen = Object.fromEntries(filters.map(({ name, value }) => [name, value]));
  const cut = (value, places, length) => {
    if (Array.isArray(value)) return value.length === length ? places.map((place) => value[place]) : value;
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner, places, length)]));
  };
  const trace = (one) => {
    if (!one.ids) return one;
    const places = one.ids.map((_, place) => place).filter((place) => keep.has(Number(one.ids[place])));
    return cut(one, places, one.ids.length);
  };
  const parts = (item) => {
    const text = String(item.name ?? "");
    const colon = text.indexOf(":");
    return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
  };
  const stays = (item) => {
    const [kind, of] = parts(item);
    if (kind === "row") return keep.has(Number(of));
    return kind === "at" ? (chosen[of] ?? null) !== null : true;
  };
  const moved = (item) => {
    const [kind, of] = parts(item);
    if (kind !== "at") return item;
    const places = Object.fromEntries(["x", "x0", "x1"].filter((key) => key in item).map((key) => [key, chosen[of]]));
    return { ...item, ...places };
  };
  const layout = { ...figure.layout };
  for (const part of ["annotations", "shapes"]) {
    if (part in layout) layout[part] = layout[part].filter(stays).map(moved);
  }
  return { ...figure, data: figure.data.map(trace), layout };
}

/** A chart's payload as the filters leave it. */
export function applyFilters(payload, filters) {
  const { facets, ...rest } = payload;
  const rows = shownRows(facets, filters);
  const cited = [...new Set(rows.flatMap((row) => facets.references[row]))].sort((one, other) => one - other);
  const ids = payload.references.map(({ id }) => id);
  const cells = rows.map((row) => [...payload.table.rows[row], facets.references[row].map((index) => ids[index]).join("; ")]);
  return {
    ...rest,
    figure: maskedFigure(payload.figure, rows, filters),
    title: filledWords(facets, "title", filters, rows),
    description: filledWords(facets, "description", filters, rows),
    table: { ...payload.table, columns: [...payload.table.columns, "Source ids"], rows: cells },
    references: cited.map((index) => payload.references[index]),
    shown: rows,
    empty: rows.length === 0,
  };
}
