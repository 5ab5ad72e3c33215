// Making elements; text goes in as text nodes only, addresses only where they are http(s).

const $ = (selector) => document.querySelector(selector);

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'onclick') element.addEventListener('click', value);
    else if (key.startsWith('--')) element.style.setProperty(key, value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// A link where the address is one of the web, plain text otherwise (`javascript:` and the like).
function webLink(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return el('span', {}, text);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return el('span', {}, text);
  return el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

// 27631 -> "27,631"; the browser's own formatter takes 25 ms to wake up.
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many || one + 's'}`;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// "2024-06-19" -> "19 Jun 2024"; anything else stays as it is.
function readableDay(day) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day || '');
  return parts ? `${+parts[3]} ${MONTHS[+parts[2] - 1]} ${parts[1]}` : day || '';
}

const darkScheme = matchMedia('(prefers-color-scheme: dark)');
const themeName = () => document.documentElement.dataset.theme || (darkScheme.matches ? 'dark' : 'light');
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
