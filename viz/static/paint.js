// Draws actors on the network's canvas: flags, monograms, shapes by kind, names with a halo.

const pictures = new Map();

function loadPictures() {
  for (const actor of actors.values()) for (const code of [actor.flag, actor.badge]) if (code) loadPicture(code);
}

function loadPicture(code) {
  if (pictures.has(code)) return;
  const address = graph.flags[code] || (graph.flagCodes.includes(code) ? graph.flagPages + code : null);
  if (!address) return;
  const image = new Image();
  pictures.set(code, image);
  image.addEventListener('load', () => redrawSoon());
  image.src = address;
}

function readyPicture(code) {
  const image = code && pictures.get(code);
  return image && image.complete && image.naturalWidth ? image : null;
}

function outline(context, shape, x, y, radius) {
  context.beginPath();
  if (shape === 'square') context.roundRect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8, radius * 0.35);
  else if (shape === 'hexagon') {
    for (let corner = 0; corner < 6; corner++) {
      const angle = (Math.PI / 3) * corner + Math.PI / 6;
      context.lineTo(x + radius * 1.06 * Math.cos(angle), y + radius * 1.06 * Math.sin(angle));
    }
    context.closePath();
  } else context.arc(x, y, radius, 0, 2 * Math.PI);
}

// "Kim Jong Un" -> "KJU", "Hamas" -> "HA", "RUS" for a state without a flag.
function monogram(actor) {
  if (actor.kind === 'country') return actor.id.slice(0, 3);
  const words = actor.label.split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word));
  if (!words.length) return [...actor.label].slice(0, 2).join('').toUpperCase();
  if (words.length === 1) return [...words[0]].slice(0, 2).join('').toUpperCase();
  return words.slice(0, 3).map((word) => [...word][0]).join('');
}

const kindOf = (actor) => LOOKS.kinds[actor.kind] || LOOKS.kinds.organization;

function paintActor(context, actor, place, lit) {
  const kind = kindOf(actor);
  const { x, y } = place;
  const radius = place.radius;
  const flag = readyPicture(actor.flag);
  context.save();
  outline(context, kind.shape, x, y, radius + 2.5);
  context.fillStyle = theme().page;
  context.fill();
  context.globalAlpha = lit ? 1 : 0.2;
  outline(context, kind.shape, x, y, radius);
  context.fillStyle = colour(kind);
  context.fill();
  if (flag) {
    context.save();
    context.clip();
    context.drawImage(flag, x - radius, y - radius, radius * 2, radius * 2);
    context.restore();
  } else if (!pictures.has(actor.flag) && !(actor.flag in graph.flags)) paintMonogram(context, monogram(actor), place);
  context.lineWidth = selection.actor === actor.id ? 4 : 1.25;
  context.strokeStyle = selection.actor === actor.id ? theme().accent : theme().shade;
  outline(context, kind.shape, x, y, radius + (selection.actor === actor.id ? 3 : 0));
  context.stroke();
  paintBadge(context, readyPicture(actor.badge), place);
  context.restore();
}

function paintMonogram(context, letters, place) {
  context.fillStyle = theme()['on-fill'];
  context.font = `600 ${place.radius * (letters.length > 2 ? 0.66 : 0.8)}px ${LOOKS.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(letters, place.x, place.y + place.radius * 0.05);
}

function paintBadge(context, flag, place) {
  if (!flag) return;
  const radius = Math.max(place.radius * 0.4, 5);
  const x = place.x + place.radius * 0.72;
  const y = place.y + place.radius * 0.72;
  outline(context, 'circle', x, y, radius + 2);
  context.fillStyle = theme().page;
  context.fill();
  context.save();
  outline(context, 'circle', x, y, radius);
  context.clip();
  context.drawImage(flag, x - radius, y - radius, radius * 2, radius * 2);
  context.restore();
}

function haloText(context, text, x, y, { font, fill, halo }) {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = halo;
  context.strokeStyle = theme().page;
  context.strokeText(text, x, y);
  context.fillStyle = fill;
  context.fillText(text, x, y);
}
