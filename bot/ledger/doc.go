// Package ledger is the durable record under every chat: what people asked
// (an Event), what was done about it (its Effects), and what they said of the
// answers. It knows no platform and reads no text. The contract is Ledger;
// File keeps it in SQLite, Memory keeps it nowhere, and package ledgertest
// tests either against it.
//
// # How an adapter uses it
//
// A delivery comes in: Accept it, then acknowledge it to the platform. What
// Accept returned nil for is on the disk. If it failed, do not acknowledge:
// the platform delivers again. Give all names the platform has for the same
// thing as keys (Slack: the event id, and channel with ts, for app_mention
// and message come for one message under two event ids); any that is known
// makes the delivery a duplicate, and needs the acknowledgement alone.
//
// A bounded number of workers Claim jobs. A job is leased: until it ends, or
// the lease does, no other worker gets it, nor a later event of its thread.
// Work on it under a context that ends before Job.Until, or Extend. End it by
// Finish; by Retry, if it could not be done now; by Release, when the process
// stops before it was tried. A worker that dies does none of these: then the
// job is claimed again, at once by a process that opens the file, otherwise
// when the lease has run out. Whoever lost a lease is told ErrLost, and stops.
// After Options.Attempts the job is Failed: what is left is to say so to the
// person. After as many attempts at that it is given up, which Stats shows.
//
// # What is done once
//
// Whatever others see is an effect, with a name of its own in the event:
//
//	e, err := l.Begin(ctx, job, "reply")
//	switch e.State {
//	case ledger.Doubtful: // someone began, and died or heard no answer
//		id, found, err := platform.Find(e.Token)
//		if found {
//			l.Settle(ctx, job, "reply", ledger.Done, id)
//			break
//		}
//		fallthrough
//	case ledger.Fresh:
//		id, err := platform.Send(text, e.Token)
//		// It was sent:               l.Settle(ctx, job, "reply", ledger.Done, id)
//		// It was refused for certain: l.Settle(ctx, job, "reply", ledger.Undone, "")
//		// Nobody can tell (a timeout, a lost connection): l.Retry(ctx, job, d)
//	case ledger.Done, ledger.Unsure: // nothing to do
//	}
//	l.Finish(ctx, job, "answered")
//
// Begin is on the disk before anything is sent, and Settle before Finish is
// allowed. So an effect is never lost without a trace, and after a crash
// there is one state only that leaves a doubt: begun and not settled. What an
// adapter does then decides what it promises, effect by effect:
//
//   - Exactly once, where the platform lets a message be found by the token
//     that was sent with it (Slack: message metadata; a mark in a modal's or
//     file's own name), or refuses a second one with the same (Discord: an
//     enforced nonce, which lasts minutes). Look, then send what is not found.
//     This rests on two more things. The platform must show what it accepted
//     by the time it is asked: an event with a begun effect rests for
//     Options.Grace before it is claimed again, so that a request that was on
//     its way when its sender died has arrived. And no sender may outlive its
//     lease: the context of a send ends before Job.Until.
//   - At least once, where it cannot be found and a second one does no harm
//     (a reaction, a status, the update of one's own message): send again.
//   - At most once, where it cannot be found and a second one would do harm
//     (an ephemeral message, a response URL): Settle it as Unsure, and say
//     nothing more, or say in another effect that the answer may have been
//     lost. The person may then have had nothing, and Stats counts it.
//
// Use one name for the reply and for the apology of a Failed job: if the
// reply was sent after all, Begin says Done and no apology follows it.
//
// # What is kept, and how long
//
// Texts are redacted before they get here; of kinds that are noteless, none
// is taken. Keys are kept as hashes. Purge and Forget delete, and with a File
// the deleted bytes are overwritten, in the file and in its log. Copies that
// others made of the file (backups, snapshots, what a disk does below the
// file system) are out of reach. No error and no String holds a text, a
// person or a place: the types that do print as words.
//
// # Its file
//
// One process has the file open; another is refused with ErrLocked, which
// names the holder, and may Peek. Two processes on one file would see each
// other's leases run out, nothing worse, but a crash could then not be told
// from a slow worker, and every restart would wait for the leases. The lock
// is the system's, on a file beside it, and goes with its holder. Keep the
// file on a disk of the machine: locks of network file systems do not hold.
package ledger
