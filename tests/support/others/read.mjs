// What ical.js finds in calendars. Each line of input is a calendar as a JSON string; each line of output its events.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const path = createRequire(process.argv[2] + "/").resolve("ical.js");
const module = await import(pathToFileURL(path));
const ICAL = module.default ?? module;

const when = (time) =>
  time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "+00:00");

function read(text) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      title: event.summary,
      start: when(event.startDate),
      end: when(event.endDate),
      status: component.getFirstPropertyValue("status"),
      transp: component.getFirstPropertyValue("transp"),
      sequence: event.sequence,
    };
  });
}

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(read(JSON.parse(line))));
