package local

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Where SQLite's header says what a file is, and what it says in ours.
const (
	magic      = "SQLite format 3\x00"
	pageAt     = 16 // page size
	versionAt  = 60 // user_version
	appAt      = 68 // application_id
	headSize   = 100
	appID      = 0x41445649 // "ADVI"
	version    = 2          // of the tables
	logHead    = 32         // bytes in the header of SQLite's write-ahead log
	logSuffix  = "-wal"
	shmSuffix  = "-shm"
	makeSuffix = ".new" // a file being created
)

// A stamp is what tells one state of a file from another: every commit
// changes the counter in the file's header or the log beside it. The zero
// stamp is that of no file.
type stamp struct {
	exists   bool
	mode     fs.FileMode
	size     int64
	modified int64
	head     [headSize]byte
	logSize  int64
	logHead  [logHead]byte
}

// unknown differs from every file's stamp.
var unknown = stamp{size: -1}

// stamp looks at the file, and changes nothing.
func (s *store) stamp() (stamp, error) {
	info, err := os.Stat(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return stamp{}, nil
	}
	if err != nil {
		return unknown, err
	}
	st := stamp{exists: true, mode: info.Mode(), size: info.Size(), modified: info.ModTime().UnixNano()}
	if !st.mode.IsRegular() {
		return st, nil // opening a pipe would wait
	}
	if _, err := readHead(s.file, st.head[:]); err != nil {
		return unknown, err
	}
	st.logSize, err = readHead(s.file+logSuffix, st.logHead[:])
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unknown, err
	}
	return st, nil
}

// readHead reads the beginning of a file, as far as it goes.
func readHead(file string, to []byte) (size int64, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if _, err := io.ReadFull(f, to); err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return 0, err
	}
	return info.Size(), nil
}

// identify reports whether a file that exists is an index of ours.
func (st *stamp) identify() error {
	page := int64(binary.BigEndian.Uint16(st.head[pageAt:])) // of ours always 4096
	app, v := binary.BigEndian.Uint32(st.head[appAt:]), binary.BigEndian.Uint32(st.head[versionAt:])
	switch {
	case st.mode.IsDir():
		return fmt.Errorf("%w: it is a folder", ErrForeign)
	case !st.mode.IsRegular():
		return fmt.Errorf("%w: it is no ordinary file", ErrForeign)
	case st.size == 0:
		return fmt.Errorf("%w: it is empty; put a copy in its place, or remove it to begin anew", ErrDamaged)
	case st.size < headSize && bytes.HasPrefix([]byte(magic), st.head[:min(st.size, int64(len(magic)))]):
		return fmt.Errorf("%w: it ends after %d bytes; put a copy in its place", ErrDamaged, st.size)
	case !bytes.HasPrefix(st.head[:], []byte(magic)):
		return fmt.Errorf("%w: it does not begin as one", ErrForeign)
	case app == appID && page > 1 && st.size%page != 0:
		return fmt.Errorf("%w: it ends amid a page; put a copy in its place", ErrDamaged)
	case app != appID:
		return fmt.Errorf("%w: another program's SQLite database (application id %#x)", ErrForeign, app)
	case v != version:
		return fmt.Errorf("%w: it has format %d, this version reads %d; use the version that wrote it", ErrForeign, v, version)
	}
	return nil
}
