/**
 * Shows the instances that share the work orders.
 * @param instances the instances, by port
 * @param element creates an element: name, class, text
 * @param words words for the states
 */
export function showInstances(instances, element, words) {
	const owner = instances.filter((instance) => instance.alive && instance.fence > 0).sort((a, b) => b.fence - a.fence)[0];
	document.getElementById('instances').replaceChildren(...instances.map((instance) => {
		const item = element('li');
		item.dataset.state = instance.alive ? instance.state : 'CLOSED';
		item.dataset.port = instance.port;
		item.dataset.owner = String(instance === owner);
		const link = element('a', '', `Instance ${instance.port}`);
		link.href = `http://${location.hostname}:${instance.port}/`;
		const here = (String(instance.port) === location.port) ? ', this page' : '';
		const state = element('b', '', instance.alive ? words[instance.state] : 'Gone');
		item.append(link, element('span', 'hint', `process ${instance.pid}${here}`), state,
			element('span', 'hint', (instance === owner) ? `owner, fence ${instance.fence}` : ''));
		return item;
	}));
	document.getElementById('kill').disabled = !owner;
}

/**
 * Shows what concerns several instances, or only one.
 * @param shared whether instances share the work orders
 */
export function showMode(shared) {
	document.querySelectorAll('[data-only]').forEach((node) => {
		node.hidden = node.dataset.only !== (shared ? 'shared' : 'alone');
	});
}
