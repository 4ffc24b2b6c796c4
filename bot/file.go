package bot

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// writeTemp writes data to a new file in dir, synced, and returns its name.
func writeTemp(dir string, data []byte) (name string, err error) {
	f, err := os.CreateTemp(dir, ".tmp-*")
	if err != nil {
		return "", fmt.Errorf("bot: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		os.Remove(f.Name())
		return "", fmt.Errorf("bot: %w", err)
	}
	return f.Name(), nil
}

// writeByRename puts data at name whole or not at all.
func writeByRename(name string, data []byte) error {
	tmp, err := writeTemp(filepath.Dir(name), data)
	if err != nil {
		return err
	}
	if err := os.Rename(tmp, name); err != nil {
		os.Remove(tmp)
		return fmt.Errorf("bot: %w", err)
	}
	return nil
}

// readAtMost reads a file of at most limit bytes.
func readAtMost(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s is larger than %d bytes", name, limit)
	}
	return data, err
}

// rootCause is a person's sentence for why the disk could not be written.
func rootCause(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "writing to the data directory is not permitted"
	case errors.Is(err, syscall.EROFS):
		return "the data directory is on a read-only disk"
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full"
	case errors.As(err, &path):
		return path.Op + " " + path.Path + ": " + path.Err.Error()
	}
	return err.Error()
}
