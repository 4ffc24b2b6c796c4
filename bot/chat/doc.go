// Package chat answers in chats: it takes what a person wants from the door of
// a platform (an Order), keeps it in the ledger, works on it, and has the door
// say what came of it. It knows no platform: a platform is a Door, and what
// differs between platforms stops there.
//
// # The way of an order
//
// A door reads a delivery and calls Dispatcher.Accept with an Order. Accept
// replaces what identifies somebody, stores the rest, and returns: then the
// door acknowledges. A bounded number of workers takes orders from the ledger,
// in each thread one after another, asks the assistant, and says the result
// through the door, each part as an effect of the ledger: after a crash it is
// looked for by its token, and sent only where it is not found. Every order
// ends in something that the person sees: an answer, or a notice that says
// what happened and what to do next.
//
// # What is kept
//
// A question is stored as it was redacted, for it is asked again when a button
// below its answer is pressed; its first answer is to its own words, which are
// in memory until then, so that every door answers the same. Of denials, drafts, hearings and notes nothing
// is stored but that one was given: their words and results are held in memory
// for as long as they are worked on and an hour after, so that files can be
// made of them; after a restart their owner is asked to give them again.
//
// # What others may do
//
// A button of a private answer, and those that share or make files, are its
// owner's. Whose documents are searched is decided by who asks and where, at
// the time of the work: guests, and whoever is in a place that is shared with
// another organisation, get the public ones, and so does everybody of whom the
// platform cannot tell.
package chat
