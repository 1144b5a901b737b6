// Listens for changes of the site on behalf of all tabs that show it.
"use strict";

const tabs = new Set();
let latest;

new EventSource("events").onmessage = (event) => {
  latest = event.data;
  for (const tab of tabs) tab.postMessage(latest);
};

onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  if (latest) tab.postMessage(latest);
};
