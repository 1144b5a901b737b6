// Answers a search in the browser, from the few small files in search/data/ that its words need.
// It writes nothing into the page but text. All that it says stands in the page, in data attributes.

const MOST = 6 // words of a query that count, so that what it loads stays small
const NEAR = 4 // products that a query may name, and that are looked at
const KINDS = 2 // categories whose names its words may have
const STARTS_FREE = ['free', 'freemium', 'open_source']
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

/** Give what to look for: each word that says something, and how it begins while it is typed. */
function asked(text, silent) {
  const words = wordsOf(text).map((word) => ({ word, begins: [] }))
  const last = words.at(-1)
  if (last && !/\s$/.test(text)) {
    const typed = plain(normalised(text).at(-1)).at(-1)
    last.begins = [typed, ...(/..i$/.test(typed) ? [`${typed.slice(0, -1)}y`] : [])] // categori(es)
  }
  const telling = words.filter(({ word }) => !silent.includes(word))
  return [...new Map(telling.map((each) => [each.word, each])).values()].slice(0, MOST)
}

const is = (said, { word }) => said === word
const mayBe = (said, { word, begins }) => is(said, { word }) || begins.some((start) => said.startsWith(start))

/** Give the words of a name that say something, and those of a query that are among them. */
function shared(name, words, silent) {
  const said = wordsOf(name).filter((word) => !silent.includes(word))
  const count = (same) => said.filter((one) => words.some((word) => same(one, word))).length
  return { exact: count(is) === said.length, met: count(mayBe), of: said.length }
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

/** Give the lists of a word, or of all words that begin with it; `kind` is "words" or "names". */
async function listsOf(contents, kind, start, begins) {
  let prefix = ''
  for (const letter of start) {
    if (!contents[kind].includes(prefix + letter)) break
    prefix += letter
  }
  const name = [...prefix].map((c) => (/[a-z0-9]/.test(c) ? c : `_${c.codePointAt(0).toString(16)}_`))
  const lists = Object.entries(await load(`${kind}-${name.join('')}`, contents.edition))
  // Where more such words lie in further files, the first needs of all are under "".
  const begun = (word) => (word ? word.startsWith(start) : prefix === start)
  return lists.filter(([word]) => (begins ? begun(word) : word === start)).map(([, list]) => list)
}

async function meant(contents, kind, { word, begins }) {
  return (await Promise.all([
    listsOf(contents, kind, word, false), ...begins.map((start) => listsOf(contents, kind, start, true)),
  ])).flat()
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

/** Find the products that words may name, the likeliest first; those that they do name; and the needs of these. */
async function productsOf(contents, words, versus) {
  const lists = await Promise.all(words.map(async (word) => merged(await meant(contents, 'names', word)).met))
  const count = (id) => lists.filter((met) => met.has(id)).length
  const ids = [...new Set(lists.flatMap((met) => [...met.keys()]))]
    .sort((one, other) => count(other) - count(one) || one - other).slice(0, NEAR)
  const near = await Promise.all(ids.map((id) => load(`product-${id}`, contents.edition)))
  const told = near.map((product) => ({ product, ...shared(product.product, words, contents.silent) }))
    .filter(({ met, of }) => met === of)
  const exact = told.filter((each) => each.exact)
  const named = exact.length < (versus ? 2 : 1) && (versus || told.length === 1) ? told : exact
  const own = exact.flatMap(({ product }) => Object.keys(product.meets))
  return { near, named: named.map(({ product }) => product), own: new Set(own.map(Number)) }
}

/** Find the categories that have words in their names; `named` are those that have all of theirs. */
async function categoriesOf(contents, words, labels) {
  const near = labels.map(({ value, text }) => ({ slug: value, text, ...shared(text, words, contents.silent) }))
    .filter(({ met }) => met).sort((one, other) => other.met / other.of - one.met / one.of).slice(0, KINDS)
  return Promise.all(near.map(async (kind) => (
    { ...kind, named: kind.met === kind.of, ids: (await filtered(contents, kind.slug, 'any')).met }
  )))
}

/** Read the lists of a word as one, with the needs of categories that have it in their names. */
async function needsOf(contents, word, kinds) {
  const read = merged(await meant(contents, 'words', word))
  for (const { ids } of kinds.filter(({ text }) => shared(text, [word], []).met)) {
    for (const id of ids.keys()) read.met.set(id, read.met.get(id) ?? false)
  }
  return read
}

/** Find the needs that a query means, best first; `some`: none has all of its words. */
async function find(query, category, price, labels) {
  const contents = await load('index')
  const words = asked(query, contents.silent)
  const [kept, products, kinds] = await Promise.all([
    category || price ? filtered(contents, category, price || 'any') : null,
    productsOf(contents, words, /\s(vs\.?|versus)\s/i.test(query)),
    categoriesOf(contents, words, labels),
  ])
  const lists = words.length || !kept
    ? await Promise.all(words.map((word) => needsOf(contents, word, kinds))) : [kept]
  const inside = kinds.filter(({ named }) => named)
  const ids = new Set(lists.flatMap(({ met }) => [...met.keys()]))
  const found = [...ids].map((id) => ({
    id,
    kept: kept ? kept.holds(id) : 1,
    has: lists.filter(({ met }) => met.has(id)).length,
    lacks: lists.some(({ holds }) => holds(id) < 0),
    owned: products.own.has(id),
    inside: inside.some(({ ids: those }) => those.has(id)),
    named: lists.filter(({ met }) => met.get(id)).length,
  })).filter((need) => need.kept >= 0)
  const whole = found.filter((need) => !need.lacks)
  const needs = (whole.length ? whole : found).sort((one, other) => other.has - one.has
    || other.kept - one.kept || other.owned - one.owned || other.inside - one.inside
    || other.named - one.named || one.id - other.id)
  const ends = ({ end }) => end === Infinity
  const sure = whole.length
    ? lists.some(ends) && whole.every((need) => need.kept && need.has === lists.length)
    : lists.every(ends) && found.every((need) => need.kept)
  return { contents, words, products, kinds: inside, needs, some: !whole.length, sure }
}

// Page ----------------------------------------------------------------------------------------

const form = document.querySelector('#search')
const { q: box, category, price } = form.elements
const status = form.querySelector('output')
const list = results.querySelector('ol')
const direct = results.querySelector('.direct')
const more = results.querySelector('button')
const clear = form.querySelector('[type=button]')
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
    && (!price.value || member.pricing === price.value
      || (price.value === 'start' && STARTS_FREE.includes(member.pricing)))
}

/** Put first the members whose product, or else whose category, the query names. */
function membersOf({ members, id }, { contents, words, products, kinds }) {
  const others = products.near.filter(({ slug, meets }) => meets[id] && !members.some((m) => m.slug === slug))
  const place = ({ product, categories }) => 2 * shared(product, words, contents.silent).met
    + kinds.some(({ slug }) => categories.includes(slug))
  return [...members, ...others.map((product) => ({ ...product, ...product.meets[id] }))].filter(fits)
    .map((member) => [place(member), member]).sort(([one], [other]) => other - one).map(([, member]) => member)
}

function drawn(need, found) {
  const members = membersOf(need, found)
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

/** Lead straight to the products that are named, to where two of them meet, and to categories. */
function drawDirect({ products: { named }, kinds }) {
  const links = [
    ...named.map(({ product, slug }) => [phrases.toProduct.replace('#', product), `products/${slug}/`]),
    ...kinds.map(({ text, slug }) => [phrases.toCategory.replace('#', text), `categories/${slug}/`]),
  ]
  const pairs = named.flatMap((a) => named.flatMap((b) => {
    const page = `${a.slug}-vs-${b.slug}`
    if (![...a.pairs, ...b.pairs].includes(page)) return []
    return [[phrases.versus.replace(/[#%]/g, (side) => (side === '#' ? a : b).product), `compare/${page}/`]]
  }))
  direct.replaceChildren(...[...pairs, ...links].map(([text, address]) => {
    const node = copyOf('#direct', { link: text })
    node.firstElementChild.href = phrases.root + address
    return node
  }))
  direct.hidden = !direct.children.length
}

async function draw(found, from, turn) {
  const size = found.contents.records
  const needs = await Promise.all(found.needs.slice(from, from + SHOWN).map(async ({ id }) => (
    { ...(await load(`needs-${Math.floor((id - 1) / size)}`, found.contents.edition))[(id - 1) % size], id }
  )))
  if (turn !== latest) return
  const nodes = needs.flatMap((need) => drawn(need, found))
  if (from) list.append(...nodes)
  else {
    list.replaceChildren(...nodes)
    drawDirect(found)
  }
  results.hidden = !found.needs.length && direct.hidden
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
    said(phrases.failed)
  }
}

function search() {
  const values = [['q', box.value.trim()], ['category', category.value], ['price', price.value]]
  const address = new URL(location.href)
  address.search = new URLSearchParams(values.filter(([, value]) => value))
  history.replaceState(null, '', address)
  return guarded(async (turn) => {
    if (!values.some(([, value]) => value)) {
      said('')
      return
    }
    const found = await find(box.value, category.value, price.value, [...category.options].slice(1))
    if (!found.words.length && !values.some(([name, value]) => name !== 'q' && value)) {
      if (turn === latest) said(phrases.type)
      return
    }
    await draw(found, 0, turn)
    if (turn !== latest) return
    const n = found.needs.length
    const parts = [found.sure ? counted('found', n) : phrases.about.replace('#', figure(n))]
    if (found.some) parts.unshift(phrases.some)
    const limited = Boolean(category.value || price.value)
    status.textContent = n ? parts.join(' ') : limited ? phrases.filtered : phrases.nothing
    clear.hidden = n > 0 || !limited
  })
}

/** Say something in place of results. */
function said(text) {
  status.textContent = text
  results.hidden = true
  clear.hidden = true
}

let waiting = 0
function soon() {
  clearTimeout(waiting)
  waiting = setTimeout(search, 120)
}

/** Go from the box to the first link of each result, and back. */
function step(by) {
  const places = [...direct.children, ...list.children]
  const stops = [box, ...places.map((result) => result.querySelector('a'))]
  const at = places.findIndex((result) => result.contains(document.activeElement)) + 1
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus()
}

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return
  const { key, target } = event
  const inside = target === box || direct.contains(target) || list.contains(target)
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
clear.addEventListener('click', () => {
  category.value = price.value = ''
  box.focus()
  search()
})
document.addEventListener('keydown', press)
