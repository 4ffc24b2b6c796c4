package files

import "golang.org/x/sys/unix"

// addressSpace is what the worker may map, in bytes: several times what
// workerPages and workerMemory leave it, for Go reserves without using.
const addressSpace = 3 << 30

// limitAddressSpace makes the system refuse memory beyond addressSpace.
func limitAddressSpace() {
	lim := unix.Rlimit{Cur: addressSpace, Max: addressSpace}
	unix.Setrlimit(unix.RLIMIT_AS, &lim) // where it is refused, the other limits stand
	core := unix.Rlimit{}
	unix.Setrlimit(unix.RLIMIT_CORE, &core)
}
