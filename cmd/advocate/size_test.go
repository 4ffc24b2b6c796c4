//go:build !trust

package main

// doorsStep: every so many golden questions go through every door.
const doorsStep = 4

// remoteStep: one of so many golden questions is asked over a retrieval
// service too.
const remoteStep = 20
