// Which relations the reader wants to see, and the address (#…) that says so.

const filters = { quads: new Set(), types: new Set(), statuses: new Set(), minimum: 1, from: null, until: null };
const selection = { actor: null, relation: null };
let view = 'network';

function passes(relation, except) {
  if (except !== 'quads' && filters.quads.has(relation.quad)) return false;
  if (except !== 'types' && filters.types.has(relation.type)) return false;
  if (except !== 'statuses' && filters.statuses.has(relation.status)) return false;
  if (isStructural(relation)) return true;
  return relation.count >= filters.minimum && inTime(relation);
}

function inTime(relation) {
  if (!filters.from && !filters.until) return true;
  if (!relation.last) return false;
  return (!filters.from || relation.last >= filters.from) && (!filters.until || (relation.first || relation.last) <= filters.until);
}

let wantedNow = null; // forgotten whenever filters or relations change
const byStrength = (a, b) => b.count - a.count || (a.id < b.id ? -1 : 1);

function wanted() {
  if (!wantedNow) wantedNow = [...relations.values()].filter((relation) => passes(relation)).sort(byStrength);
  return wantedNow;
}

// How many relations each value of a field has, all other filters applied.
function countBy(field, group) {
  const counts = new Map();
  for (const relation of relations.values()) {
    if (!counts.has(relation[field])) counts.set(relation[field], 0);
    if (passes(relation, group)) counts.set(relation[field], counts.get(relation[field]) + 1);
  }
  return counts;
}

const LISTS = ['quads', 'types', 'statuses'];

function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  selection.actor = actors.has(parts.get('n')) ? parts.get('n') : null;
  selection.relation = relations.has(parts.get('e')) ? parts.get('e') : null;
  for (const list of LISTS) filters[list] = new Set((parts.get(list) || '').split(',').filter(Boolean));
  filters.minimum = Math.max(1, parseInt(parts.get('least'), 10) || 1);
  filters.from = readDay(parts.get('from'));
  filters.until = readDay(parts.get('until'));
  view = ['table', 'world'].includes(parts.get('view')) ? parts.get('view') : 'network';
  document.documentElement.toggleAttribute('data-embed', parts.has('embed'));
}

const readDay = (text) => (/^\d{4}-\d\d-\d\d$/.test(text || '') ? text : null);

function writeAddress() {
  const parts = new URLSearchParams();
  if (selection.actor) parts.set('n', selection.actor);
  if (selection.relation) parts.set('e', selection.relation);
  for (const list of LISTS) if (filters[list].size) parts.set(list, [...filters[list]].sort().join(','));
  if (filters.minimum > 1) parts.set('least', filters.minimum);
  if (filters.from) parts.set('from', filters.from);
  if (filters.until) parts.set('until', filters.until);
  if (view !== 'network') parts.set('view', view);
  if (document.documentElement.hasAttribute('data-embed')) parts.set('embed', '');
  const hash = parts.toString();
  history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
}
