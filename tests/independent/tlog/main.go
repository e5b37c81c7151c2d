// Checks a verifiable log with the code of the Go checksum database.
//
//	tlog proofs SIZE               the SHA-256 over every root and proof of every tree up to SIZE leaves; leaf i is the text of i
//	tlog log DIR VKEY              opens DIR/checkpoint, recomputes its root from the entry bundles, checks every tile
//	tlog consistent VKEY OLD NEW DIR   proves out of DIR's tiles that checkpoint file NEW continues checkpoint file OLD
//	tlog chain VKEY NOTES DIR      proves that the largest of the checkpoint files in directory NOTES continues each of the others
//	tlog receipt VKEY PROOF ENTRY  opens a tlog-proof file and checks that it includes the bytes of file ENTRY
//	tlog receipts VKEY DIR PROOFS  checks every tlog-proof file of directory PROOFS against DIR's entries, and that DIR's tiles make the same proof
//	tlog cosigned VKEY WITNESS NOTE    opens checkpoint file NOTE with the log's key and the witness's, both of which must have signed
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = m[index]
	}
	return hashes, nil
}

type files struct{ dir string }

func (f files) Height() int { return height }

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, tile := range tiles {
		data, err := f.read(strings.TrimPrefix(tile.Path(), "tile/8/"))
		if err != nil {
			return nil, err
		}
		if len(data) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", tile.Path(), len(data))
		}
		all[i] = data[:tile.W*tlog.HashSize]
	}
	return all, nil
}

// A partial tile may have given way to the full one.
func (f files) read(name string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(f.dir, "tile", name))
	if full := strings.Index(name, ".p/"); os.IsNotExist(err) && full >= 0 {
		return os.ReadFile(filepath.Join(f.dir, "tile", name[:full]))
	}
	return data, err
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

// The entries below a tile of level 0.
func (f files) entries(tile tlog.Tile) [][]byte {
	bundle, err := f.read("entries/" + strings.TrimPrefix(tile.Path(), "tile/8/0/"))
	check(err)
	entries := make([][]byte, tile.W)
	for i := range entries {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			fail(fmt.Errorf("the bundle of entry %d is cut off", tile.N<<height+int64(i)))
		}
		length := 2 + int(binary.BigEndian.Uint16(bundle))
		entries[i], bundle = bundle[2:length], bundle[length:]
	}
	return entries
}

// The tile of level 0 that holds an entry, as wide as a tree of this size lets it be.
func holding(entry, size int64) tlog.Tile {
	first := entry >> height << height
	return tlog.Tile{H: height, L: 0, N: entry >> height, W: int(min(1<<height, size-first))}
}

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "proofs":
		proofs(number(os.Args[2]))
	case len(os.Args) == 4 && os.Args[1] == "log":
		whole(os.Args[2], os.Args[3])
	case len(os.Args) == 6 && os.Args[1] == "consistent":
		consistent(os.Args[2], os.Args[3], os.Args[4], os.Args[5])
	case len(os.Args) == 5 && os.Args[1] == "chain":
		chain(os.Args[2], os.Args[3], os.Args[4])
	case len(os.Args) == 5 && os.Args[1] == "receipt":
		receipt(os.Args[2], os.Args[3], os.Args[4])
	case len(os.Args) == 5 && os.Args[1] == "receipts":
		receipts(os.Args[2], os.Args[3], os.Args[4])
	case len(os.Args) == 5 && os.Args[1] == "cosigned":
		cosigned(os.Args[2], os.Args[3], os.Args[4])
	default:
		fail(fmt.Errorf("unknown command"))
	}
}

func proofs(most int64) {
	var stored memory
	sum := sha256.New()
	for size := int64(1); size <= most; size++ {
		hashes, err := tlog.StoredHashes(size-1, []byte(strconv.FormatInt(size-1, 10)), stored)
		check(err)
		stored = append(stored, hashes...)
		root, err := tlog.TreeHash(size, stored)
		check(err)
		sum.Write(root[:])
		for leaf := int64(0); leaf < size; leaf++ {
			proof, err := tlog.ProveRecord(size, leaf, stored)
			check(err)
			for _, hash := range proof {
				sum.Write(hash[:])
			}
		}
		for older := int64(1); older <= size; older++ {
			proof, err := tlog.ProveTree(size, older, stored)
			check(err)
			for _, hash := range proof {
				sum.Write(hash[:])
			}
		}
	}
	fmt.Printf("%x\n", sum.Sum(nil))
}

func whole(dir, vkey string) {
	tree := open(vkey, filepath.Join(dir, "checkpoint"))
	published := files{dir}
	var stored memory
	for from := int64(0); from < tree.N; from += 1 << height {
		for i, entry := range published.entries(holding(from, tree.N)) {
			hashes, err := tlog.StoredHashes(from+int64(i), entry, stored)
			check(err)
			stored = append(stored, hashes...)
		}
	}
	root, err := tlog.TreeHash(tree.N, stored)
	check(err)
	if tree.N == 0 {
		root = sha256.Sum256(nil)
	}
	if root != tree.Hash {
		fail(fmt.Errorf("the entries make the root %v, the checkpoint says %v", root, tree.Hash))
	}
	for _, tile := range tlog.NewTiles(height, 0, tree.N) {
		if reach := tree.N >> (height * tile.L); tile.W < 1<<height && tile.N<<height+int64(tile.W) != reach {
			continue // as wide as it was once
		}
		data, err := published.ReadTiles([]tlog.Tile{tile})
		check(err)
		want, err := tlog.ReadTileData(tile, stored)
		check(err)
		if !bytes.Equal(data[0], want) {
			fail(fmt.Errorf("%s differs", tile.Path()))
		}
	}
	fmt.Printf("%d entries, root %v\n", tree.N, root)
}

func consistent(vkey, older, newer, dir string) {
	oldTree, newTree := open(vkey, older), open(vkey, newer)
	continues(newTree, oldTree, files{dir})
	fmt.Printf("%d continues %d\n", newTree.N, oldTree.N)
}

func continues(newTree, oldTree tlog.Tree, published files) {
	proof, err := tlog.ProveTree(newTree.N, oldTree.N, tlog.TileHashReader(newTree, published))
	check(err)
	check(tlog.CheckTree(proof, newTree.N, newTree.Hash, oldTree.N, oldTree.Hash))
}

func chain(vkey, notes, dir string) {
	names, err := os.ReadDir(notes)
	check(err)
	var trees []tlog.Tree
	for _, name := range names {
		if tree := open(vkey, filepath.Join(notes, name.Name())); tree.N > 0 {
			trees = append(trees, tree)
		}
	}
	sort.Slice(trees, func(i, j int) bool { return trees[i].N < trees[j].N })
	for i := 1; i < len(trees); i++ {
		if trees[i].N == trees[i-1].N && trees[i].Hash != trees[i-1].Hash {
			fail(fmt.Errorf("two roots for %d entries", trees[i].N))
		}
		continues(trees[len(trees)-1], trees[i-1], files{dir})
	}
	fmt.Printf("%d checkpoints, all continued by the largest\n", len(trees))
}

func receipt(vkey, proofFile, entryFile string) {
	entry, err := os.ReadFile(entryFile)
	check(err)
	index, proof, tree := proved(vkey, proofFile)
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("entry %d of %d\n", index, tree.N)
}

func receipts(vkey, dir, proofs string) {
	published := files{dir}
	names, err := os.ReadDir(proofs)
	check(err)
	for _, name := range names {
		index, proof, tree := proved(vkey, filepath.Join(proofs, name.Name()))
		entry := published.entries(holding(index, tree.N))[index&(1<<height-1)]
		check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
		own, err := tlog.ProveRecord(tree.N, index, tlog.TileHashReader(tree, published))
		check(err)
		if fmt.Sprint(own) != fmt.Sprint(proof) {
			fail(fmt.Errorf("the tiles prove entry %d by other hashes", index))
		}
	}
	fmt.Printf("%d entries proved\n", len(names))
}

// What a tlog-proof file says, its checkpoint opened.
func proved(vkey, file string) (int64, tlog.RecordProof, tlog.Tree) {
	text, err := os.ReadFile(file)
	check(err)
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		fail(fmt.Errorf("%s is not a tlog-proof", file))
	}
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		check(err)
		proof = append(proof, hash)
	}
	return number(strings.TrimPrefix(lines[1], "index ")), proof, parse(vkey, []byte(checkpoint))
}

// A witness's key: Ed25519 over the time and the text (C2SP tlog-cosignature).
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(w.key, append([]byte(head), msg...), sig[8:])
}

func newWitness(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		fail(fmt.Errorf("not a key"))
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	check(err)
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:])
	if len(key) != 1+ed25519.PublicKeySize || key[0] != 4 || fmt.Sprintf("%08x", hash) != parts[1] {
		fail(fmt.Errorf("not a witness's key"))
	}
	return witness{parts[0], hash, key[1:]}
}

func cosigned(vkey, witnessKey, file string) {
	data, err := os.ReadFile(file)
	check(err)
	log, err := note.NewVerifier(vkey)
	check(err)
	opened, err := note.Open(data, note.VerifierList(log, newWitness(witnessKey)))
	check(err)
	if len(opened.Sigs) != 2 {
		fail(fmt.Errorf("%d of 2 signatures", len(opened.Sigs)))
	}
	fmt.Printf("%d entries, cosigned by %s\n", parse(vkey, data).N, opened.Sigs[1].Name)
}

func open(vkey, file string) tlog.Tree {
	data, err := os.ReadFile(file)
	check(err)
	return parse(vkey, data)
}

func parse(vkey string, data []byte) tlog.Tree {
	verifier, err := note.NewVerifier(vkey)
	check(err)
	opened, err := note.Open(data, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail(fmt.Errorf("not a checkpoint of %s", verifier.Name()))
	}
	hash, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: number(lines[1])}
	copy(tree.Hash[:], hash)
	return tree
}

func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	check(err)
	return value
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func check(err error) {
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
