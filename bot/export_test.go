package bot

// Improper is improper, for tests.
var Improper = improper

// FitToSend is fitToSend, for tests.
var FitToSend = fitToSend
