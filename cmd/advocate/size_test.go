//go:build !trust

package main

// doorsStep: every so many golden questions go through every door.
const doorsStep = 4
