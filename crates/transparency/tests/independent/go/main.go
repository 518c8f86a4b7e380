// Verifies disclosure logs in the C2SP layout with Go's own sumdb/tlog and sumdb/note.
//
// usage: verify ROOT
// Each directory CASE below ROOT that has no export.json is a log, with what may be trusted
// in CASE/trust. Prints one line for each, "CASE ok" or "CASE bad: why".
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	cases, err := os.ReadDir(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, c := range cases {
		dir := filepath.Join(os.Args[1], c.Name())
		if _, err := os.Stat(filepath.Join(dir, "export.json")); err == nil {
			continue
		}
		if err := verify(dir); err != nil {
			fmt.Printf("%s bad: %s\n", c.Name(), strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Printf("%s ok\n", c.Name())
		}
	}
}

type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

func parseCheckpoint(text string) (c checkpoint, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return c, errors.New("checkpoint: too few lines")
	}
	c.origin = lines[0]
	if c.size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || strconv.FormatInt(c.size, 10) != lines[1] {
		return c, errors.New("checkpoint: size")
	}
	c.root, err = tlog.ParseHash(lines[2])
	return c, err
}

// validKey is a key of the log and the tree sizes for which it is valid.
type validKey struct {
	note.Verifier
	vkey        string
	from, until int64
}

func verify(dir string) error {
	read := func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) }
	vkey, err := read("trust/key")
	if err != nil {
		return err
	}
	origin, _, _ := strings.Cut(string(vkey), "+")
	keys, err := followRotations(read, origin, strings.TrimSpace(string(vkey)))
	if err != nil {
		return err
	}
	signed, err := read("checkpoint")
	if err != nil {
		return err
	}
	cp, err := open(signed, keys, origin)
	if err != nil {
		return err
	}
	if err := witnessed(read, signed); err != nil {
		return err
	}
	hashes, err := entries(read, cp.size)
	if err != nil {
		return err
	}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= int64(len(hashes)) {
				return nil, errors.New("hash outside the tree")
			}
			out[i] = hashes[index]
		}
		return out, nil
	})
	root, err := tlog.TreeHash(cp.size, reader)
	if err != nil {
		return err
	}
	if root != cp.root {
		return errors.New("entries lead to another root than the signed one")
	}
	if err := tiles(read, cp.size, reader); err != nil {
		return err
	}
	if err := proofs(read, cp, hashes); err != nil {
		return err
	}
	return known(read, keys, cp, reader)
}

func open(signed []byte, keys []validKey, origin string) (cp checkpoint, err error) {
	var verifiers []note.Verifier
	for _, k := range keys {
		verifiers = append(verifiers, k)
	}
	n, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return cp, err
	}
	if cp, err = parseCheckpoint(n.Text); err != nil {
		return cp, err
	}
	if cp.origin != origin {
		return cp, errors.New("checkpoint: wrong origin " + cp.origin)
	}
	for _, sig := range n.Sigs {
		for _, k := range keys {
			if sig.Name == k.Name() && sig.Hash == k.KeyHash() && k.from <= cp.size && cp.size <= k.until {
				return cp, nil
			}
		}
	}
	return cp, errors.New("checkpoint: signed by a key that was not valid at this size")
}

func followRotations(read func(string) ([]byte, error), origin, first string) ([]validKey, error) {
	const forever = 1<<63 - 1
	v, err := note.NewVerifier(first)
	if err != nil {
		return nil, err
	}
	keys := []validKey{{v, first, 0, forever}}
	for i := 1; ; i++ {
		msg, err := read(fmt.Sprintf("rotation/%d", i))
		if errors.Is(err, os.ErrNotExist) {
			return keys, nil
		} else if err != nil {
			return nil, err
		}
		text, _, _ := strings.Cut(string(msg), "\n\n")
		lines := strings.Split(text, "\n")
		if len(lines) != 4 || lines[0] != "bankside/key-rotation/v1" || lines[1] != origin {
			return nil, errors.New("rotation: malformed")
		}
		size, err := strconv.ParseInt(lines[2], 10, 64)
		if err != nil {
			return nil, err
		}
		next, err := note.NewVerifier(lines[3])
		if err != nil {
			return nil, err
		}
		last := &keys[len(keys)-1]
		n, err := note.Open(msg, note.VerifierList(last, next))
		if err != nil {
			return nil, err
		}
		if len(n.Sigs) != 2 || size <= last.from {
			return nil, errors.New("rotation: not signed by both keys, or out of order")
		}
		last.until = size
		keys = append(keys, validKey{next, lines[3], size, forever})
	}
}

// cosigner verifies cosignature/v1 lines, which note does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

func witnessed(read func(string) ([]byte, error), signed []byte) error {
	vkey, err := read("trust/witness")
	if err != nil {
		return err
	}
	parts := strings.SplitN(strings.TrimSpace(string(vkey)), "+", 3)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return errors.New("witness key: malformed")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return errors.New("witness key: hash")
	}
	_, err = note.Open(signed, note.VerifierList(cosigner{parts[0], hash, key[1:]}))
	if err != nil {
		return fmt.Errorf("witness: %w", err)
	}
	return nil
}

// path is that of C2SP tlog-tiles: Go's own has the tile height in it.
func path(t tlog.Tile) string {
	return "tile/" + strings.TrimPrefix(t.Path(), "tile/8/")
}

// entries reads every bundle and returns all hashes of the tree in Go's storage order.
func entries(read func(string) ([]byte, error), size int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = hashes[index]
		}
		return out, nil
	})
	last := byte(0)
	for n := int64(0); n*256 < size; n++ {
		t := tlog.Tile{H: 8, L: 0, N: n, W: int(min(256, size-n*256))}
		data, err := read(strings.Replace(path(t), "tile/0/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		for i := 0; i < t.W; i++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %d: ends in entry %d", n, i)
			}
			length := int(binary.BigEndian.Uint16(data))
			entry := data[2 : 2+length]
			data = data[2+length:]
			if length != 33 || entry[0] != 1 && entry[0] != 2 {
				return nil, fmt.Errorf("entry %d: not a leaf", n*256+int64(i))
			}
			last = entry[0]
			more, err := tlog.StoredHashes(n*256+int64(i), entry, reader)
			if err != nil {
				return nil, err
			}
			hashes = append(hashes, more...)
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("bundle %d: more than %d entries", n, t.W)
		}
	}
	if size > 0 && last != 2 {
		return nil, errors.New("the last entry is not the root of the heads map")
	}
	return hashes, nil
}

func tiles(read func(string) ([]byte, error), size int64, reader tlog.HashReader) error {
	for _, t := range tlog.NewTiles(8, 0, size) {
		want, err := tlog.ReadTileData(t, reader)
		if err != nil {
			return err
		}
		got, err := read(path(t))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return errors.New(path(t) + ": not the hashes of the entries")
		}
	}
	return nil
}

// tileReader serves Go's own tile reader, which proves from tiles alone.
type tileReader struct {
	read func(string) ([]byte, error)
}

func (r tileReader) Height() int                        { return 8 }
func (r tileReader) SaveTiles([]tlog.Tile, [][]byte)     {}
func (r tileReader) ReadTiles(tiles []tlog.Tile) (out [][]byte, err error) {
	for _, t := range tiles {
		data, err := r.read(path(t))
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

func proofs(read func(string) ([]byte, error), cp checkpoint, hashes []tlog.Hash) error {
	if cp.size == 0 {
		return nil
	}
	reader := tlog.TileHashReader(tlog.Tree{N: cp.size, Hash: cp.root}, tileReader{read})
	for n := int64(0); n < cp.size; n += 1 + cp.size/7 {
		proof, err := tlog.ProveRecord(cp.size, n, reader)
		if err != nil {
			return err
		}
		leaf := hashes[tlog.StoredHashIndex(0, n)]
		if err := tlog.CheckRecord(proof, cp.size, cp.root, n, leaf); err != nil {
			return err
		}
	}
	return nil
}

func known(read func(string) ([]byte, error), keys []validKey, cp checkpoint, reader tlog.HashReader) error {
	signed, err := read("trust/known")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	old, err := open(signed, keys, cp.origin)
	if err != nil {
		return err
	}
	if old.size > cp.size {
		return fmt.Errorf("the log has %d entries, but had %d", cp.size, old.size)
	}
	if old.size == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(cp.size, old.size, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, cp.size, cp.root, old.size, old.root)
}
