//go:build !linux

package files

// limitAddressSpace does nothing where the system has no such limit.
func limitAddressSpace() {}
