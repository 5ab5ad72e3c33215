// All relations as a table: the same data for the keyboard, a screen reader and the clipboard.

const COLUMNS = ['Source', 'Relation', 'Target', 'Class', 'Status', 'Reports', 'Articles', 'Last'];
const ROWS = 500;
let rowsShown = ROWS;

function showTable() {
  const items = wanted();
  const body = el('tbody', {}, ...items.slice(0, rowsShown).map(tableRow));
  const head = el('thead', {}, el('tr', {}, ...COLUMNS.map((name) => el('th', { scope: 'col' }, name))));
  const parts = [el('table', {}, el('caption', { class: 'unseen' }, 'All relations'), head, body)];
  if (items.length > rowsShown) {
    parts.push(el('button', { type: 'button', class: 'more', onclick: moreRows }, `Show more (${plural(items.length - rowsShown, 'row')} left)`));
  }
  $('#tables').replaceChildren(...parts);
  markRow();
}

function moreRows() {
  rowsShown += ROWS;
  showTable();
}

function tableRow(relation) {
  const open = el('button', { type: 'button', class: 'open', 'aria-label': `${sentenceOf(relation)}: show evidence`, onclick: () => choose({ relation: relation.id }) }, shortText(relation));
  const cells = [
    nameOf(relation.from), open, nameOf(relation.to), quadOf(relation).label, statusOf(relation).label,
    number(relation.count), number(relation.articles), relation.last || '',
  ];
  return el('tr', { 'data-relation': relation.id }, ...cells.map((cell) => el('td', {}, cell)));
}

function markRow() {
  for (const row of document.querySelectorAll('#tables tr[data-relation]')) row.classList.toggle('chosen', row.dataset.relation === selection.relation);
}
