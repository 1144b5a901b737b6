// Answers a search in the browser, from the few small files in search/data/ that its words need.
// It writes nothing into the page but text. All that it says stands in the page, in data attributes.

const MOST = 6 // words of a query that count, so that what it loads stays small
const SHOWN = 20 // results at first, and with each "more"
const CAPITALS = /[^ı]+/g // case folds but for the dotless i, which is a letter of its own
const ACCENTS = /[\u0300-\u036f]/g
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]+/gu

// Words ---------------------------------------------------------------------------------------

/** Give the words of a text as the index has them: folded, without accents and plural endings. */
export function wordsOf(text) {
  return normalised(text).flatMap((word) => plain(singular(word)))
}

function normalised(text) {
  const folded = text.normalize('NFKC').toLowerCase()
    .replace(CAPITALS, (part) => part.toUpperCase().toLowerCase())
    .replaceAll('ς', 'σ').normalize('NFKC')
  const words = folded.replace(/[^\p{L}\p{M}\p{N}+#]/gu, ' ').split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).map((word) => word.replace(/^[+#]+/, ''))
  return words.length ? words : folded.split(/\s+/).filter(Boolean)
}

function singular(word) {
  const long = () => [...word].length > 3
  if (long() && /[^s]s$/u.test(word)) word = word.slice(0, -1)
  if (long() && word.endsWith('ie')) return `${word.slice(0, -2)}y`
  return long() && /([cs]he|sse|xe)$/.test(word) ? word.slice(0, -1) : word
}

/** Drop accents, and cut what is written without spaces into pairs of letters. */
function plain(word) {
  const letters = word.normalize('NFD').replace(ACCENTS, '').normalize('NFC')
  const pairs = (letters.match(UNSPACED) ?? []).flatMap((run) => {
    const all = [...run]
    return all.slice(0, Math.max(1, all.length - 1)).map((_, i) => all.slice(i, i + 2).join(''))
  })
  return [...letters.replace(UNSPACED, ' ').split(' ').filter(Boolean), ...pairs]
}

/** Give what to look for: each word, and whether it is being typed and may go on. */
function asked(text, silent) {
  const words = wordsOf(text).map((word) => ({ word, begins: [] }))
  const last = words.at(-1)
  if (last && !/\s$/.test(text)) {
    const typed = plain(normalised(text).at(-1)).at(-1)
    last.begins = [typed, ...(/..i$/.test(typed) ? [`${typed.slice(0, -1)}y`] : [])] // categori(es)
  }
  const telling = words.filter(({ word }) => !silent.includes(word))
  const unlike = new Map((telling.length ? telling : words).map((each) => [each.word, each]))
  return [...unlike.values()].slice(0, MOST)
}

// Data ----------------------------------------------------------------------------------------

const results = document.querySelector('#results')
const files = new Map()

function load(name, edition) {
  if (!files.has(name)) {
    const way = edition ? [`?v=${edition}`, {}] : ['', { cache: 'no-cache' }]
    const file = fetch(`${results.dataset.from}${name}.json${way[0]}`, way[1]).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
      return answer.json()
    })
    file.catch(() => files.delete(name))
    files.set(name, file)
  }
  return files.get(name)
}

/** Give the lists of a word, or of all words that begin with it. */
async function listsOf(contents, start, begins) {
  let prefix = ''
  for (const letter of start) {
    if (!contents.words.includes(prefix + letter)) break
    prefix += letter
  }
  const name = [...prefix].map((c) => (/[a-z0-9]/.test(c) ? c : `_${c.codePointAt(0).toString(16)}_`))
  const lists = Object.entries(await load(`words-${name.join('')}`, contents.edition))
  // Where more such words lie in further files, the first needs of all are under "".
  const begun = (word) => (word ? word.startsWith(start) : prefix === start)
  return lists.filter(([word]) => (begins ? begun(word) : word === start)).map(([, list]) => list)
}

/** Read lists of steps as one: which needs are on it, by name or not, and up to where it is whole. */
function merged(lists) {
  const met = new Map()
  let end = Infinity
  for (const list of lists) {
    let id = 0
    for (const step of list) {
      if (step === 0) end = Math.min(end, id)
      else met.set((id += Math.abs(step)), met.get(id) || step > 0)
    }
  }
  const holds = (id) => (met.has(id) ? 1 : id <= end ? -1 : 0)
  return { met, end, holds }
}

async function filtered(contents, category, price) {
  if (!contents.filters[category]?.includes(price)) return merged([])
  return merged([await load(`filter-${price}${category && `-${category}`}`, contents.edition)])
}

/** Find the needs that a query means, best first; `some`: none has all of its words. */
async function find(query, category, price) {
  const contents = await load('index')
  const [kept, ...words] = await Promise.all([
    category || price ? filtered(contents, category, price || 'any') : null,
    ...asked(query, contents.silent).map(async ({ word, begins }) => merged((await Promise.all([
      listsOf(contents, word, false), ...begins.map((start) => listsOf(contents, start, true)),
    ])).flat())),
  ])
  const lists = words.length || !kept ? words : [kept]
  const ids = new Set(lists.flatMap(({ met }) => [...met.keys()]))
  const found = [...ids].map((id) => ({
    id,
    kept: kept ? kept.holds(id) : 1,
    has: lists.filter(({ met }) => met.has(id)).length,
    lacks: lists.some(({ holds }) => holds(id) < 0),
    named: lists.filter(({ met }) => met.get(id)).length,
  })).filter((need) => need.kept >= 0)
  const whole = found.filter((need) => !need.lacks)
  const needs = (whole.length ? whole : found).sort((one, other) => other.has - one.has
    || other.kept - one.kept || other.named - one.named || one.id - other.id)
  const ends = ({ end }) => end === Infinity
  const sure = whole.length
    ? lists.some(ends) && whole.every((need) => need.kept && need.has === lists.length)
    : lists.every(ends) && found.every((need) => need.kept)
  return { contents, needs, some: !whole.length, sure }
}

// Page ----------------------------------------------------------------------------------------

const form = document.querySelector('#search')
const { q: box, category, price } = form.elements
const status = form.querySelector('output')
const list = results.querySelector('ol')
const more = results.querySelector('button')
const phrases = results.dataset
let latest = 0

const figure = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')
const counted = (key, n) => (n === 1 ? phrases[`${key}One`] : phrases[`${key}Other`]).replace('#', figure(n))
const alike = (one, other) => one.toLowerCase() === other.toLowerCase()
const labelOf = (select, value) => [...select.options].find((o) => o.value === value)?.text ?? value

function copyOf(id, texts) {
  const node = document.querySelector(id).content.firstElementChild.cloneNode(true)
  for (const [part, text] of Object.entries(texts)) {
    const place = node.querySelector(`.${part}`)
    if (text) place.textContent = text
    else place.remove()
  }
  return node
}

function fits(member) {
  return (!category.value || member.categories.includes(category.value))
    && (!price.value || member.pricing === price.value)
}

function drawn(need) {
  const members = need.members.filter(fits)
  if (!members.length && !need.page) return []
  const percent = `${Math.round(100 * need.surety)}%`
  const node = copyOf('#result', {
    label: need.label,
    times: need.times && counted('times', need.times),
    likely: need.likely && counted('likely', need.likely).replace('%', percent),
    all: need.page && counted('all', need.products),
  })
  if (need.page) node.querySelector('.all').href = phrases.root + need.page
  node.querySelector('ul').append(...members.map((member) => {
    const part = copyOf('#member', {
      product: member.product,
      called: alike(member.capability, need.label) ? '' : member.capability,
      kinds: member.categories.map((slug) => labelOf(category, slug)).join(', '),
      cost: [labelOf(price, member.pricing), member.price].filter(Boolean).join(', '),
      rank: member.rank,
    })
    const { slug, id } = member
    part.querySelector('.product').href = `${phrases.root}products/${slug}/#${slug}--${id}`
    return part
  }))
  return [node]
}

async function draw(found, from, turn) {
  const size = found.contents.records
  const needs = await Promise.all(found.needs.slice(from, from + SHOWN).map(async ({ id }) => (
    (await load(`needs-${Math.floor((id - 1) / size)}`, found.contents.edition))[(id - 1) % size]
  )))
  if (turn !== latest) return
  const nodes = needs.flatMap(drawn)
  if (from) list.append(...nodes)
  else list.replaceChildren(...nodes)
  results.hidden = false
  more.hidden = found.needs.length <= from + SHOWN
  more.onclick = () => guarded(async (next) => {
    await draw(found, from + SHOWN, next)
    nodes.at(-1)?.nextElementSibling?.querySelector('a')?.focus()
  })
}

/** Do what an answer needs; say so if that fails, and drop it if a newer one is asked for. */
async function guarded(work) {
  const turn = ++latest
  try {
    await work(turn)
  } catch (error) {
    if (turn !== latest) return
    console.error(error)
    status.textContent = phrases.failed
    results.hidden = true
  }
}

function search() {
  const values = [['q', box.value.trim()], ['category', category.value], ['price', price.value]]
  const address = new URL(location.href)
  address.search = new URLSearchParams(values.filter(([, value]) => value))
  history.replaceState(null, '', address)
  return guarded(async (turn) => {
    if (!values.some(([, value]) => value)) {
      status.textContent = ''
      results.hidden = true
      return
    }
    const found = await find(box.value, category.value, price.value)
    await draw(found, 0, turn)
    if (turn !== latest) return
    const n = found.needs.length
    const said = [found.sure ? counted('found', n) : phrases.about.replace('#', figure(n))]
    if (found.some) said.unshift(phrases.some)
    status.textContent = n ? said.join(' ') : phrases.nothing
    results.hidden = !n
  })
}

let waiting = 0
function soon() {
  clearTimeout(waiting)
  waiting = setTimeout(search, 120)
}

/** Go from the box to the first link of each result, and back. */
function step(by) {
  const stops = [box, ...[...list.children].map((result) => result.querySelector('a'))]
  const at = [...list.children].findIndex((result) => result.contains(document.activeElement)) + 1
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus()
}

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const { key, target } = event
  const inside = target === box || list.contains(target)
  if (key === '/' && !target.closest('input, select, textarea, [contenteditable]')) {
    box.focus()
    box.select()
  } else if (inside && key === 'ArrowDown') step(1)
  else if (inside && key === 'ArrowUp' && target !== box) step(-1)
  else if (inside && key === 'Escape') {
    box.value = ''
    box.focus()
    soon()
  } else return
  event.preventDefault()
}

function restore() {
  const given = new URLSearchParams(location.search)
  box.value = given.get('q') ?? ''
  for (const select of [category, price]) {
    select.value = given.get(select.name) ?? ''
    if (select.selectedIndex < 0) select.value = ''
  }
}

form.querySelector('[hidden]').hidden = false
restore()
if (location.search) search()
form.addEventListener('input', soon)
form.addEventListener('submit', (event) => {
  event.preventDefault()
  search()
})
document.addEventListener('keydown', press)
