// Where names and the words on lines go, so that they hide neither discs nor each other.

const NAME_SIZE = 15;
const WORD_SIZE = 13;
const SMALLEST_WORD = 9; // pixels on the screen; smaller ones are left out
const WORD_PLACES = [0.5, 0.42, 0.58, 0.36, 0.64, 0.3, 0.7];
let words = []; // {relation, text, x, y, width}: computed when lines or places change
let wordsScale = 1;
let wordsStale = true;

// Text grows where the map is small on the screen, within limits: names of a large map more, for most are left out.
function textGrowth(scale) {
  return actors.size > 40 ? Math.min(Math.max(0.8 / scale, 0.7), 3) : Math.min(Math.max(0.92 / scale, 1), 1.7);
}

const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const boxAround = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

const discBox = ({ x, y, radius }) => boxAround(x, y, radius * 1.7, radius * 1.7);

const shorten = (text, length) => ([...text].length > length ? [...text].slice(0, length - 1).join('') + '…' : text);
const nameFont = () => `600 ${NAME_SIZE}px ${LOOKS.font}`;
const wordFont = (growth) => `500 ${WORD_SIZE * growth}px ${LOOKS.font}`;

function nameBox(context, actor, place, scale) {
  context.font = nameFont();
  const width = context.measureText(shorten(actor.label, 24)).width * scale;
  return boxAround(place.x, place.y + place.radius + 5 + (NAME_SIZE / 2 + 2) * scale, width + 6 * scale, (NAME_SIZE + 5) * scale);
}

// Names, heaviest actor first; in a crowd those that would hide another name or a heavier actor are left out.
function paintNames(context, places, scale, isLit) {
  const growth = textGrowth(scale);
  const taken = [];
  const choosy = actors.size > 40 || growth > 1.3 || onWorld();
  const order = [...places].sort((a, b) => isLit(b[0]) - isLit(a[0]) || actors.get(b[0]).weight - actors.get(a[0]).weight);
  for (const [id, place] of order) {
    const actor = actors.get(id);
    const box = nameBox(context, actor, place, growth);
    if (actors.size > 40 && !isLit(id)) continue;
    if (actors.size > 40) taken.push(discBox(place));
    if (choosy && id !== selection.actor && taken.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    context.globalAlpha = isLit(id) ? 1 : 0.25;
    haloText(context, shorten(actor.label, 24), place.x, (box.top + box.bottom) / 2, {
      font: `600 ${NAME_SIZE * growth}px ${LOOKS.font}`,
      fill: theme().ink,
      halo: 5 * growth,
    });
  }
  context.globalAlpha = 1;
}

// Sets the words of each line on its curve, at the first place where they hide nothing.
function placeWords(context, lines, places, scale) {
  wordsScale = textGrowth(scale);
  words = [];
  // On the world the lines of one region lie too close for words.
  if (onWorld() || WORD_SIZE * wordsScale * scale < SMALLEST_WORD) return;
  const discs = [...places.values()].map((place) => boxAround(place.x, place.y, place.radius * 2 + 4, place.radius * 2 + 4));
  const names = [...places].map(([id, place]) => nameBox(context, actors.get(id), place, wordsScale));
  context.font = wordFont(wordsScale);
  const taken = [...discs, ...names];
  for (const relation of lines) {
    if (isStructural(relation) || !places.has(relation.from) || !places.has(relation.to)) continue;
    const text = shortText(relation) + timesText(relation);
    const width = context.measureText(text).width;
    const found = WORD_PLACES.map((share) => ({ relation, text, width, ...pointOn(relation.id, share) })).find(
      (word) => !taken.some((box) => overlaps(box, wordBox(word))),
    );
    if (!found) continue;
    taken.push(wordBox(found));
    words.push(found);
  }
}

const wordBox = (word) => boxAround(word.x, word.y, word.width + 8 * wordsScale, (WORD_SIZE + 4) * wordsScale);

function paintWords(context, isLitLine) {
  for (const word of words) {
    if (isLitLine(word.relation)) paintWord(context, word, wordsScale);
  }
}

// On a plate of the page's colour: a halo alone leaves bits of a dashed line between the letters.
function paintWord(context, { text, x, y, relation }, growth) {
  context.font = wordFont(growth);
  const width = context.measureText(text).width + 6 * growth;
  const height = (WORD_SIZE + 2) * growth;
  context.fillStyle = theme().page;
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, 4 * growth);
  context.fill();
  context.fillStyle = selection.relation === relation.id ? theme().ink : theme().soft;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x, y + 0.5);
}
