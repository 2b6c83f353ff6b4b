import { showInstances, showMode } from './instances.js';

const SPAN = 180_000;
const WORDS = {
	IDLE: 'Idle', CONNECTING: 'Connecting', ESTABLISHING: 'Establishing', READY: 'Ready', BACKING_OFF: 'Backing off',
	SUSPENDED: 'Suspended', DRAINING: 'Draining', CLOSED: 'Closed', FAILED: 'Failed', STANDBY: 'Standby',
};
const ABOUT = { chat: 'text PING every 5 s', prices: 'protocol: stomp' };
const MARKS = { WAITING: '◔', SENT: '✓', HELD: '!', ARRIVED: '✓✓', ACKNOWLEDGED: '✓✓', KEPT: '▤', DEAD: '✕', DISCARDED: '✕', REFUSED: '!' };
const ORDER_WORDS = { WAITING: 'not acknowledged yet' };
const FAULTS = {
	'drop': 'down', 'silent': 'silent', 'stop-reading': 'not reading', 'no-acks': 'not acknowledging', 'refuse-401': 'refusing once (401)',
	'revoke': 'refusing (401)', 'refuse-503': 'refusing (503)',
};

const $ = (id) => document.getElementById(id);
const cards = new Map();
const lines = new Map();
const orders = new Map();
const history = new Map();
const depths = new Map();
let entryNumber = 0;
let skew = 0;
let snapshot;

const now = () => Date.now() + skew;
const time = (instant) => new Date(instant).toLocaleTimeString([], { hour12: false });

function element(tag, className, text) {
	const made = document.createElement(tag);
	made.className = className ?? '';
	made.textContent = text ?? '';
	return made;
}

function span(millis) {
	const seconds = Math.max(0, millis) / 1000;
	if (seconds < 60) {
		return `${Math.floor(seconds)} s`;
	}
	return (seconds < 3600) ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

function compact(number) {
	return (number < 100_000) ? number.toLocaleString('en') : `${(number / 1000).toFixed(0)}k`;
}

function set(node, text) {
	if (node.textContent !== text) {
		node.textContent = text;
	}
}

function card(name) {
	if (!cards.has(name)) {
		const made = $('card').content.firstElementChild.cloneNode(true);
		made.dataset.client = name;
		made.setAttribute('aria-label', `Client ${name}`);
		made.querySelector('h3').textContent = name;
		made.querySelector('.what').textContent = ABOUT[name] ?? '';
		made.querySelectorAll('[data-for]').forEach((figure) => figure.dataset.for.split(' ').includes(name) || figure.remove());
		made.querySelectorAll('[data-operation]').forEach((button) => button.addEventListener('click',
				() => post(`/api/clients/${encodeURIComponent(name)}/${button.dataset.operation}`)));
		cards.set(name, made);
		$('clients').append(made);

		const strip = element('div', 'strip');
		strip.append(element('span', '', name), element('div', 'track'));
		strip.dataset.client = name;
		$('strips').append(strip);
	}
	return cards.get(name);
}

function showClient(client) {
	const shown = card(client.name);
	if (shown.dataset.state && shown.dataset.state !== client.state) {
		$('announce').textContent = `${client.name} is ${WORDS[client.state]}`;
	}
	shown.dataset.state = client.state;
	set(shown.querySelector('.word'), WORDS[client.state]);
	const figure = (name, text, hot) => {
		const node = shown.querySelector(`[data-figure="${name}"]`);
		if (node) {
			set(node, text);
			node.classList.toggle('hot', Boolean(hot));
		}
	};
	const rtt = client.roundTripMillis;
	figure('rtt', (rtt === null) ? '–' : `${(rtt < 10) ? rtt.toFixed(1) : rtt.toFixed(0)} ms`);
	const waiting = Math.max(0, client.queueSize - client.inFlight);
	figure('waiting', compact(waiting), waiting > 0 && client.state !== 'READY');
	figure('flight', compact(client.inFlight));
	figure('sent', compact(client.sent));
	figure('received', compact(client.received));
	figure('dropped', compact(client.dropped));
	figure('delivered', compact(client.delivered));
	figure('resent', compact(client.resent));
	figure('dead', compact(client.dead), client.dead > 0);
	figure('active', compact(client.activeSubscriptions));
	figure('pending', compact(client.pendingSubscriptions), client.pendingSubscriptions > 0);
	if (client.name === 'alerts') {
		document.querySelectorAll('[data-dead]').forEach((button) => {
			button.hidden = client.dead === 0;
		});
	}
	const standby = client.state === 'STANDBY';
	const running = !['IDLE', 'CLOSED', 'FAILED', 'DRAINING', 'SUSPENDED'].includes(client.state);
	for (const button of shown.querySelectorAll('[data-operation]')) {
		const operation = button.dataset.operation;
		const focused = document.activeElement === button;
		button.hidden = (operation === 'connect') ? running : !running;
		button.disabled = (operation === 'probe' && client.state !== 'READY') || (operation === 'reconnect' && standby);
		if (focused && button.hidden) {
			shown.querySelector('[data-operation]:not([hidden]):not(:disabled)').focus();
		}
	}
}

function tickClient(client) {
	const shown = card(client.name);
	set(shown.querySelector('.since'), `for ${span(now() - Date.parse(client.since))}`);
	const bar = shown.querySelector('.bar');
	let text = '';
	let share = 0;
	if (client.state === 'BACKING_OFF' && client.nextAttempt) {
		const left = Date.parse(client.nextAttempt) - now();
		const whole = Date.parse(client.nextAttempt) - Date.parse(client.since);
		share = Math.min(1, Math.max(0, left / Math.max(1, whole)));
		text = `attempt ${client.attempts + 1} in ${(Math.max(0, left) / 1000).toFixed(1)} s`;
	}
	else if (client.state === 'CONNECTING' || client.state === 'ESTABLISHING') {
		text = `attempt ${client.attempts}`;
	}
	else if (client.state === 'STANDBY') {
		text = 'another instance has the line';
	}
	else if (client.state === 'READY') {
		text = shown.dataset.note ?? 'messages flow';
	}
	if (client.lastCause && !['READY', 'STANDBY'].includes(client.state)) {
		text += `${text ? ' · ' : ''}${client.lastCause}`;
	}
	if (client.problem) {
		text += ` · ${client.problem}`;
	}
	set(shown.querySelector('.next'), text);
	shown.querySelector('.next').title = text;
	bar.classList.toggle('on', share > 0);
	bar.firstElementChild.style.transform = `scaleX(${share})`;
}

function showServer(server) {
	const fault = server.fault;
	const left = fault ? Math.ceil((Date.parse(server.until) - now()) / 1000) : 0;
	set($('tally'), `The server took ${compact(server.orders)}, and recognised ${compact(server.repeats)} that came again.`);
	$('server').dataset.tone = fault ? 'bad' : 'good';
	set($('server').querySelector('dd'), fault ? `${FAULTS[fault] ?? fault}, ${Math.max(0, left)} s left` : 'up');
	document.querySelectorAll('[data-fault]').forEach((button) => {
		if (FAULTS[button.dataset.fault]) {
			button.setAttribute('aria-pressed', String(button.dataset.fault === fault));
		}
	});
}

function sample(client) {
	const depth = depths.get(client.name) ?? [];
	depth.push(client.queueSize);
	depths.set(client.name, depth.slice(-120));
	const most = Math.max(5, ...depth);
	const points = depth.slice(-120).map((size, index, all) =>
		`${(120 - all.length + index + 1).toFixed(0)},${(23 - 21 * size / most).toFixed(1)}`);
	const first = points[0].split(',')[0];
	const shown = card(client.name);
	shown.querySelector('.spark .line').setAttribute('d', `M${points.join('L')}`);
	shown.querySelector('.spark .fill').setAttribute('d', `M${first},24L${points.join('L')}L120,24Z`);
}

function showStrips() {
	const end = now();
	for (const strip of $('strips').children) {
		const changes = history.get(strip.dataset.client) ?? [];
		const track = strip.querySelector('.track');
		const pieces = [];
		changes.forEach((change, index) => {
			const from = Math.max(change.at, end - SPAN);
			const to = changes[index + 1]?.at ?? end;
			if (to >= end - SPAN) {
				pieces.push({ state: change.state, left: 100 * (from - end + SPAN) / SPAN, width: 100 * Math.max(0, to - from) / SPAN });
			}
		});
		while (track.childElementCount < pieces.length) {
			track.append(document.createElement('i'));
		}
		while (track.childElementCount > pieces.length) {
			track.lastElementChild.remove();
		}
		pieces.forEach((piece, index) => {
			const node = track.children[index];
			node.dataset.state = piece.state;
			node.style.left = `${piece.left}%`;
			node.style.width = `${piece.width}%`;
		});
	}
}

function addEntry(entry) {
	if (entry.number <= entryNumber) {
		return;
	}
	entryNumber = entry.number;
	card(entry.client);
	if (entry.to) {
		const changes = history.get(entry.client) ?? [];
		changes.push({ at: Date.parse(entry.at), state: entry.to });
		history.set(entry.client, changes.slice(-300));
	}
	const item = element('li');
	const what = element('span', 'what');
	if (entry.to) {
		const word = element('b', '', WORDS[entry.to]);
		word.dataset.state = entry.to;
		what.append(word, (entry.text ? ` · ${entry.text}` : ''));
	}
	else {
		what.append(entry.text);
	}
	item.append(element('time', '', time(entry.at)), element('span', 'client', entry.client), what);
	$('entries').prepend(item);
	while ($('entries').childElementCount > 200) {
		$('entries').lastElementChild.remove();
	}
}

function showItem(list, items, shown, words) {
	const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
	list.querySelector('.empty')?.remove();
	let item = items.get(shown.id);
	if (!item) {
		item = element('li');
		item.dataset.id = shown.id;
		const text = element('span', 'text', shown.text);
		if (shown.sends === 0) {
			text.prepend(element('span', 'from', `${shown.from}  `));
		}
		item.append(element('time', '', time(shown.at)), text, element('span', 'status'));
		items.set(shown.id, item);
		list.append(item);
		if (items.size > 500) {
			const [oldest, node] = items.entries().next().value;
			items.delete(oldest);
			node.remove();
		}
	}
	item.dataset.status = shown.status;
	const status = item.querySelector('.status');
	status.dataset.mark = MARKS[shown.status];
	status.textContent = words;
	if (atEnd) {
		list.scrollTop = list.scrollHeight;
	}
}

function showLine(line) {
	const again = (line.sends > 1) ? `, sent ${line.sends} times` : '';
	showItem($('lines'), lines, line, line.status.toLowerCase() + again);
}

function showOrder(order) {
	showItem($('orders'), orders, order, ORDER_WORDS[order.status] ?? order.status.toLowerCase());
}

function showStock(stock) {
	let tile = document.querySelector(`[data-symbol="${stock.symbol}"]`);
	if (!tile) {
		tile = $('stock').content.firstElementChild.cloneNode(true);
		tile.dataset.symbol = stock.symbol;
		tile.querySelector('h3').textContent = stock.symbol;
		tile.querySelectorAll('[data-price]').forEach((button) => {
			button.setAttribute('aria-description', stock.symbol);
			button.addEventListener('click', () => post(`/api/prices/${stock.symbol}/${button.dataset.price}`));
		});
		$('stocks').append(tile);
	}
	const wanted = stock.active ? 'ACTIVE' : 'PENDING';
	tile.dataset.status = stock.subscribed ? wanted : 'NONE';
	set(tile.querySelector('.status'), stock.subscribed ? wanted.toLowerCase() : 'not subscribed');
	set(tile.querySelector('.price'), (stock.price === null) ? '–' : stock.price.toFixed(2));
	set(tile.querySelector('.quote'), stock.quote ? `Quote: ${stock.quote}` : '');
	const toggle = tile.querySelector('[data-price]');
	toggle.dataset.price = stock.subscribed ? 'unsubscribe' : 'subscribe';
	set(toggle, stock.subscribed ? 'Unsubscribe' : 'Subscribe');
}

function showSnapshot(next) {
	snapshot = next;
	if (next.instances) {
		showInstances(next.instances, element, WORDS);
	}
	next.clients.forEach(showClient);
	next.stocks.forEach(showStock);
	tick();
}

function tick() {
	if (snapshot) {
		snapshot.clients.forEach(tickClient);
		showServer(snapshot.server);
		showStrips();
	}
}

function hello(first) {
	skew = Date.parse(first.now) - Date.now();
	entryNumber = 0;
	history.clear();
	lines.clear();
	orders.clear();
	const shared = Boolean(first.snapshot.instances);
	showMode(shared);
	$('entries').replaceChildren();
	$('lines').replaceChildren(element('li', 'empty', 'No lines yet. Press “Drop the server”, then send a line.'));
	$('orders').replaceChildren(element('li', 'empty', shared
		? 'No orders yet. Order ten, then kill the owner.' : 'No orders yet. Press “Stop acknowledging”, then order ten.'));
	set(card('alerts').querySelector('.what'), `ping frames, at least once, ${shared ? 'in PostgreSQL' : 'kept in a file'}`);
	ORDER_WORDS.KEPT = shared ? 'kept in the database' : 'kept in the file';
	set($('recovered'), first.recovered && !shared ? `${compact(first.recovered)} recovered from the file at the start.` : '');
	// an event that came before may have made one of them
	first.snapshot.clients.forEach((client) => {
		$('clients').append(card(client.name));
		$('strips').append(document.querySelector(`.strip[data-client="${client.name}"]`));
	});
	first.timeline.forEach(addEntry);
	first.lines.forEach(showLine);
	first.orders.forEach(showOrder);
	showSnapshot(first.snapshot);
}

async function post(path, body) {
	let problem = '';
	try {
		const answer = await fetch(path, {
			method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}),
		});
		problem = answer.ok ? '' : `The sample answered with status ${answer.status}.`;
	}
	catch {
		problem = 'The sample can’t be reached.';
	}
	$('problem').textContent = problem;
	return !problem;
}

function page(tone, text) {
	$('page').dataset.tone = tone;
	set($('page').querySelector('dd'), text);
}

function open() {
	const events = new EventSource('/events');
	const on = (name, handle) => events.addEventListener(name, (event) => handle(JSON.parse(event.data)));
	on('hello', hello);
	on('state', showSnapshot);
	on('entry', addEntry);
	on('line', showLine);
	on('order', showOrder);
	on('alert', (alert) => {
		card('alerts').dataset.note = `#${alert.number} ${alert.text}`;
	});
	events.addEventListener('open', () => page('good', 'live'));
	events.addEventListener('error', () => {
		page('bad', 'reconnecting');
		if (events.readyState === EventSource.CLOSED) {
			setTimeout(open, 2000);
		}
	});
}

$('say').addEventListener('submit', async (event) => {
	event.preventDefault();
	const text = $('text').value.trim();
	if (text && await post('/api/chat', { text })) {
		$('text').value = '';
		$('lines').scrollTop = $('lines').scrollHeight;
	}
	$('text').focus();
});
document.querySelectorAll('[data-orders]').forEach((button) => button.addEventListener('click',
		() => post('/api/orders', { count: Number(button.dataset.orders) })));
document.querySelectorAll('[data-dead]').forEach((button) => button.addEventListener('click',
		() => post(`/api/orders/dead/${button.dataset.dead}`)));
document.querySelectorAll('[data-fault]').forEach((button) => button.addEventListener('click',
		() => post(`/api/faults/${button.dataset.fault}`)));
$('kill').addEventListener('click', () => post('/api/instances/owner/kill'));
setInterval(tick, 250);
setInterval(() => snapshot?.clients.forEach(sample), 500);
open();
