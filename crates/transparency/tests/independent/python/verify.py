"""Verifies disclosure logs and customers' exports with pymerkle, cryptography and hashlib.

usage: verify.py ROOT
Each directory CASE below ROOT is a log or has an export.json, with what may be trusted in
CASE/trust. Prints one line for each, "CASE ok" or "CASE bad: why". Written from
docs/src/disclosure-log.md alone.
"""

import base64
import hashlib
import json
import os
import struct
import sys
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle import InmemoryTree


class Bad(Exception):
    pass


def need(condition, why):
    if not condition:
        raise Bad(why)


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


class Key:
    def __init__(self, vkey, kind):
        self.vkey = vkey
        self.name, ident, blob = vkey.split("+", 2)
        blob = base64.b64decode(blob, validate=True)
        need(len(blob) == 33 and blob[0] == kind, "key: kind")
        self.id = sha(self.name.encode() + b"\n" + blob)[:4]
        need(self.id.hex() == ident, "key: identifier")
        self.public = Ed25519PublicKey.from_public_bytes(blob[1:])
        self.first, self.last = 0, None

    def holds(self, message, signature):
        try:
            self.public.verify(signature, message)
            return True
        except InvalidSignature:
            return False


def parse_note(raw):
    need(all(b >= 0x20 or b == 0x0A for b in raw), "note: control character")
    text, separator, block = raw.decode().rpartition("\n\n")
    need(separator and block.endswith("\n"), "note: no signatures")
    lines = []
    for line in block[:-1].split("\n"):
        mark, name, blob = line.split(" ")
        need(mark == "\u2014" and name and "+" not in name, "note: signature line")
        blob = base64.b64decode(blob, validate=True)
        lines.append((name, blob[:4], blob[4:]))
    return text + "\n", lines


def signatures(lines, key):
    return [sig for name, ident, sig in lines if name == key.name and ident == key.id]


def open_checkpoint(raw, keys, origin):
    text, lines = parse_note(raw)
    body = text[:-1].split("\n")
    need(len(body) >= 3 and all(body), "checkpoint: lines")
    size = int(body[1])
    need(body[1] == str(size) and body[0] == origin, "checkpoint: size or origin")
    root = base64.b64decode(body[2], validate=True)
    need(len(root) == 32, "checkpoint: root")
    valid = False
    for key in keys:
        for sig in signatures(lines, key):
            need(key.holds(text.encode(), sig), "checkpoint: forged signature")
            valid |= key.first <= size and (key.last is None or size <= key.last)
    need(valid, "checkpoint: no valid signature")
    return text, lines, size, root


def witnessed(text, lines, witness):
    found = False
    for sig in signatures(lines, witness):
        need(len(sig) == 72, "cosignature: length")
        time = struct.unpack(">Q", sig[:8])[0]
        message = f"cosignature/v1\ntime {time}\n{text}".encode()
        need(witness.holds(message, sig[8:]), "cosignature: forged")
        found = True
    need(found, "cosignature: none")


def rotate(keys, raw, origin):
    text, lines = parse_note(raw)
    header, named, size, vkey = text[:-1].split("\n")
    need(header == "bankside/key-rotation/v1" and named == origin, "rotation: form")
    new, size = Key(vkey, 1), int(size)
    for key in (keys[-1], new):
        sigs = signatures(lines, key)
        need(sigs and all(key.holds(text.encode(), sig) for sig in sigs), "rotation: signature")
    need(size > keys[-1].first, "rotation: order")
    keys[-1].last, new.first = size, size
    keys.append(new)


class Case:
    def __init__(self, path):
        self.path = path

    def read(self, name):
        with open(os.path.join(self.path, name), "rb") as file:
            return file.read()

    def has(self, name):
        return os.path.exists(os.path.join(self.path, name))

    def trust(self):
        keys = [Key(self.read("trust/key").decode().strip(), 1)]
        witness = Key(self.read("trust/witness").decode().strip(), 4)
        return keys, witness, keys[0].name


def number(index):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)


def named(folder, index, width):
    return f"tile/{folder}/{number(index)}" + (f".p/{width}" if width < 256 else "")


def verify_log(case):
    keys, witness, origin = case.trust()
    at = 1
    while case.has(f"rotation/{at}"):
        rotate(keys, case.read(f"rotation/{at}"), origin)
        at += 1
    text, lines, size, root = open_checkpoint(case.read("checkpoint"), keys, origin)
    witnessed(text, lines, witness)
    tree = InmemoryTree(algorithm="sha256")
    row, entry = [], b"\x02"
    for index in range((size + 255) // 256):
        width = min(256, size - 256 * index)
        data = case.read(named("entries", index, width))
        for _ in range(width):
            length = struct.unpack(">H", data[:2])[0]
            entry, data = data[2 : 2 + length], data[2 + length :]
            need(length == 33 == len(entry) and entry[0] in (1, 2), "entry: not a leaf")
            tree.append_entry(entry)
            row.append(sha(b"\0", entry))
        need(not data, "bundle: too many entries")
    need(entry[0] == 2, "the last entry is not the root of the heads map")
    need(size == 0 or tree.get_root(size) == root, "root: not that of the entries")
    verify_tiles(case, row)
    if case.has("trust/known"):
        _, _, known, known_root = open_checkpoint(case.read("trust/known"), keys, origin)
        need(known <= size, "the log shrank")
        need(known == 0 or tree.get_root(known) == known_root, "the log was forked")


def verify_tiles(case, row):
    level = 0
    while row:
        for index in range((len(row) + 255) // 256):
            hashes = row[256 * index : 256 * (index + 1)]
            data = case.read(named(level, index, len(hashes)))
            need(data == b"".join(hashes), f"tile {level}/{index}: not the hashes below it")
        row = [perfect(row[i : i + 256]) for i in range(0, len(row) - 255, 256)]
        level += 1


def perfect(row):
    while len(row) > 1:
        row = [sha(b"\1", row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def root_of_path(leaf, index, size, path):
    """RFC 6962, section 2.1.1, turned round."""
    need(index < size, "inclusion: outside the tree")
    sides, low, high = [], 0, size
    while high - low > 1:
        middle = low + (1 << ((high - low - 1).bit_length() - 1))
        sides.append(index >= middle)
        low, high = (middle, high) if index >= middle else (low, middle)
    need(len(sides) == len(path), "inclusion: length")
    for right, sibling in zip(reversed(sides), path):
        leaf = sha(b"\1", sibling, leaf) if right else sha(b"\1", leaf, sibling)
    return leaf


def digest(text, length=32):
    value = bytes.fromhex(text)
    need(len(value) == length and value.hex() == text, "hexadecimal digits")
    return value


def members(value, required, optional=()):
    names = set(value)
    need(names >= set(required) and names <= set(required) | set(optional), "members")


def once(pairs):
    need(len({name for name, _ in pairs}) == len(pairs), "repeated member")
    return dict(pairs)


def parse(text):
    return json.loads(text, object_pairs_hook=once)


def verify_export(case):
    keys, witness, origin = case.trust()
    export = parse(case.read("export.json").decode())
    members(export, ["format", "checkpoint", "stream", "head", "entries"], ["rotations"])
    need(export["format"] == "bankside/export/v1", "format")
    for rotation in export.get("rotations", []):
        rotate(keys, rotation.encode(), origin)
    text, lines, size, root = open_checkpoint(export["checkpoint"].encode(), keys, origin)
    witnessed(text, lines, witness)
    if case.has("trust/known"):
        _, _, known, known_root = open_checkpoint(case.read("trust/known"), keys, origin)
        need(known <= size and (known < size or known_root == root), "stale or forked")
    stream = digest(export["stream"], 16)
    last, before = None, -1
    for seq, entry in enumerate(export["entries"]):
        last = verify_entry(entry, seq, stream, last, size, root)
        need(entry["index"] > before, "order")
        before = entry["index"]
    verify_head(export["head"], stream, last, len(export["entries"]), size, root)


def verify_entry(entry, seq, stream, last, size, root):
    members(entry, ["index", "proof", "blinding", "record"], ["body"])
    raw = entry["record"].encode()
    length = struct.pack(">Q", len(raw))
    commitment = sha(b"bankside/leaf/v1\0", digest(entry["blinding"]), length, raw)
    leaf = sha(b"\0\1", commitment)
    path = [digest(node) for node in entry["proof"]]
    need(root_of_path(leaf, entry["index"], size, path) == root, f"entry {seq}: not in the log")
    record = parse(entry["record"])
    canonical = json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    need(canonical == entry["record"] and record["v"] == 1, f"entry {seq}: not canonical")
    datetime.strptime(record["time"], "%Y-%m-%dT%H:%M:%S.%fZ")
    need(digest(record["stream"], 16) == stream, f"entry {seq}: other stream")
    need(record["seq"] == seq, f"entry {seq}: sequence number {record['seq']}")
    need(digest(record["prev"]) == (last or bytes(32)), f"entry {seq}: chain")
    if "body" in entry:
        members(entry["body"], ["salt", "bytes"])
        body = base64.b64decode(entry["body"]["bytes"], validate=True)
        need(base64.b64encode(body).decode() == entry["body"]["bytes"], "base64")
        length = struct.pack(">Q", len(body))
        found = sha(b"bankside/body/v1\0", digest(entry["body"]["salt"]), length, body)
        need(found == digest(record["body"]), f"entry {seq}: body")
    return commitment


def verify_head(head, stream, last, count, size, root):
    members(head, ["root", "root_proof", "proof"], ["newest"])
    heads_root = digest(head["root"])
    path = [digest(node) for node in head["root_proof"]]
    leaf = sha(b"\0\2", heads_root)
    need(root_of_path(leaf, size - 1, size, path) == root, "heads: not the last entry")
    members(head["proof"], ["siblings"], ["other"])
    key = sha(b"bankside/heads/key/v1\0", stream)
    other = head["proof"].get("other")
    if "newest" in head:
        members(head["newest"], ["seq", "commitment"])
        need(other is None, "heads: two leaves")
        commitment, seq = digest(head["newest"]["commitment"]), head["newest"]["seq"]
        need(seq == count - 1 and commitment == last, "heads: the newest entries are missing")
        value = sha(b"bankside/heads/value/v1\0", struct.pack(">Q", seq), commitment)
        node = sha(b"bankside/heads/leaf/v1\0", key, value)
    else:
        need(count == 0, "heads: no head")
        node = sha(b"bankside/heads/empty/v1\0")
        if other is not None:
            place = digest(other["key"])
            depth = len(head["proof"]["siblings"])
            same = int.from_bytes(place, "big") >> (256 - depth) == int.from_bytes(key, "big") >> (256 - depth)
            need(place != key and same, "heads: other leaf")
            node = sha(b"bankside/heads/leaf/v1\0", place, digest(other["value"]))
    siblings = [digest(sibling) for sibling in head["proof"]["siblings"]]
    for depth in reversed(range(len(siblings))):
        pair = (node, siblings[depth])
        if key[depth // 8] >> (7 - depth % 8) & 1:
            pair = pair[::-1]
        node = sha(b"bankside/heads/node/v1\0", *pair)
    need(node == heads_root, "heads: other root")


def main():
    for name in sorted(os.listdir(sys.argv[1])):
        case = Case(os.path.join(sys.argv[1], name))
        try:
            verify_export(case) if case.has("export.json") else verify_log(case)
            print(f"{name} ok")
        # Whatever cannot be read is bad: this is the one place that judges.
        except Exception as error:
            why = str(error).replace("\n", " ")
            print(f"{name} bad: {type(error).__name__}: {why}")


main()
