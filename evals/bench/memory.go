package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// A memory is what a process holds, in bytes.
type memory struct {
	Own    int64 `json:"own"`    // resident, and no file's
	Mapped int64 `json:"mapped"` // resident pages of files, which the system can take back
	Peak   int64 `json:"peak"`   // the most that was resident
}

// memoryNow collects garbage, gives it back to the system, and reads what
// Linux says of this process.
func memoryNow() (memory, error) {
	debug.FreeOSMemory()
	return memoryOf("self")
}

// memoryOf is what Linux says of a process.
func memoryOf(process string) (m memory, err error) {
	data, err := os.ReadFile("/proc/" + process + "/status")
	if err != nil {
		return m, fmt.Errorf("memory is measured on Linux only: %w", err)
	}
	for line := range strings.Lines(string(data)) {
		key, value, _ := strings.Cut(line, ":")
		to := map[string]*int64{"RssAnon": &m.Own, "RssFile": &m.Mapped, "VmHWM": &m.Peak}[key]
		if to == nil {
			continue
		}
		kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
		if err != nil {
			return m, fmt.Errorf("memory: %s cannot be read: %w", key, err)
		}
		*to = kb << 10
	}
	return m, nil
}

// heap is how many bytes are in use once the rest is collected.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
