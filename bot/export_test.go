package bot

// Improper is improper, for tests.
var Improper = improper
