"""A customer with slixmpp: does what lines of JSON on its input say, prints what she sees.

    customer.py JID PASSWORD HOST PORT BANK
"""

import asyncio
import json
import sys

from slixmpp import ClientXMPP

PLUGINS = [30, 54, 85, 184, 199, 308, 333, 359, 424, 439]


def tell(saw, **more):
    print(json.dumps({"saw": saw, **more}), flush=True)


class Customer(ClientXMPP):
    def __init__(self, jid, password, bank):
        super().__init__(jid, password)
        self.bank = bank
        self.enable_starttls = self.enable_direct_tls = False
        self.enable_plaintext = True
        for number in PLUGINS:
            self.register_plugin(f"xep_{number:04}")
        self.plugin["feature_mechanisms"].unencrypted_scram = True
        for event, handler in {
            "session_start": self.here,
            "message": self.message,
            "message_error": self.refused,
            "receipt_received": lambda m: tell("receipt", id=m["receipt"]),
            "message_retract": lambda m: tell("retraction", id=m["retract"]["id"]),
            "chatstate_composing": lambda m: tell("composing"),
            "presence_subscribed": lambda p: tell("subscribed"),
            "failed_auth": lambda e: tell("failed"),
        }.items():
            self.add_event_handler(event, handler)

    async def here(self, _):
        self.send_presence()
        await self.get_roster()
        tell("here")

    def message(self, message):
        if message["type"] == "error" or not message["body"]:
            return
        answers = [r["value"] for r in message["substanzas"] if r.name == "response"]
        tell("message", id=message["id"], body=message["body"], answers=answers)

    def refused(self, message):
        tell("error", id=message["id"], condition=message["error"]["condition"])

    def say(self, body, **more):
        message = self.make_message(mto=self.bank, mbody=body, mtype="chat")
        message["request_receipt"] = True
        for name, value in more.items():
            message[name] = value
        message.send()
        tell("said", id=message["id"])

    async def do(self, do, **what):
        if do == "subscribe":
            self.send_presence_subscription(pto=self.bank, ptype="subscribe")
        elif do == "unsubscribe":
            self.del_roster_item(self.bank)
        elif do == "say":
            self.say(**what)
        elif do == "correct":
            correction = self.plugin["xep_0308"].build_correction(what["id"], self.bank, mbody=what["body"])
            correction.send()
        elif do == "retract":
            self.plugin["xep_0424"].send_retraction(self.bank, what["id"])
        elif do == "displayed":
            self.plugin["xep_0333"].send_marker(self.bank, what["id"], "displayed")
        elif do == "picture":
            message = self.make_message(mto=self.bank, mbody=what["url"], mtype="chat")
            message.xml.append(self.out_of_band(what["url"]))
            message.send()
        elif do == "ask":
            info = await self.plugin["xep_0030"].get_info(jid=self.bank)
            card = await self.plugin["xep_0054"].get_vcard(self.bank)
            await self.plugin["xep_0199"].ping(self.bank)
            features = list(info["disco_info"]["features"])
            tell("answers", name=card["vcard_temp"]["FN"], features=features)

    @staticmethod
    def out_of_band(url):
        from xml.etree.ElementTree import Element, SubElement

        outer = Element("{jabber:x:oob}x")
        SubElement(outer, "{jabber:x:oob}url").text = url
        return outer


async def main():
    jid, password, host, port, bank = sys.argv[1:]
    customer = Customer(jid, password, bank)
    customer.connect(host, int(port))
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        await customer.do(**json.loads(line))


asyncio.run(main())
