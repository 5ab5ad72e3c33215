// Records -> what vis-network draws: lines with colour, dash, width, bow and arrowhead.

const colour = (style) => style[themeName()];
const theme = () => LOOKS.themes[themeName()];

function toNode(actor) {
  return { id: actor.id, ...spotOf(actor), size: radiusOf(actor), hidden: !isPlaced(actor), color: 'transparent' };
}

function toLine(relation, dimmed) {
  const quad = quadOf(relation);
  const status = statusOf(relation);
  const bend = bendOf(relation) + (onWorld() ? WORLD_BEND : 0);
  const chosen = selection.relation === relation.id;
  const paint = colour(quad);
  const opacity = dimmed ? LOOKS.dimmed * (crowded() ? 0.4 : 1) : selection.actor || chosen ? status.opacity : lineOpacity(relation);
  const width = lineWidth(relation) * (chosen ? 1.4 : 1);
  return {
    id: relation.id,
    from: relation.from,
    to: relation.to,
    width,
    dashes: quad.dash.length ? quad.dash.map((length) => length * Math.max(1, width / 3.5)) : false,
    color: { color: paint, highlight: paint, hover: paint, inherit: false, opacity },
    smooth: bend ? { enabled: true, type: bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(bend) } : { enabled: false },
    arrows: { to: { enabled: !typeOf(relation).symmetric && !isStructural(relation), type: status.head, scaleFactor: arrowScale(relation) } },
  };
}

const crowded = () => relations.size > 150;

function lineWidth(relation) {
  if (isStructural(relation)) return LOOKS.width;
  if (crowded()) return Math.min(0.8 + 0.7 * Math.sqrt(relation.count), 8);
  return Math.min(LOOKS.width + LOOKS.widthGrowth * Math.sqrt(relation.count), 10);
}

// In a crowd the strong lines carry the picture and the weak ones are its background.
function lineOpacity(relation) {
  const crowd = drawn.length > 500 ? 0.2 : crowded() ? 0.35 : 1;
  const least = drawn.length ? drawn[drawn.length - 1].count : 1;
  return statusOf(relation).opacity * Math.min(1, crowd * (1 + 0.5 * Math.max(0, Math.log2(relation.count / least))));
}

// The head of a wide line grows with it by itself; a thin line's would be too small to see.
const arrowScale = (relation) => (crowded() ? 0.4 : Math.min(0.75, 2.2 / lineWidth(relation))) * (relation.status === 'denied' ? 1.5 : 1);
